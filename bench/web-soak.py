"""Mixed requests at a steady rate; every answer is looked at. Prints errors and the server's memory over time.

usage: web-soak.py ADDRESS MINUTES REQUESTS_A_SECOND
"""
import http.client
import random
import re
import sys
import threading
import time

address, minutes, rate = sys.argv[1].removeprefix("http://"), float(sys.argv[2]), float(sys.argv[3])
end = time.monotonic() + 60 * minutes
fetch = http.client.HTTPConnection(address, timeout=30)


def text(path):
    fetch.request("GET", path)
    answer = fetch.getresponse()
    body = answer.read().decode(errors="replace")
    return answer.status, body


# Every page and chart that the site links to from its front pages, in both languages, and what does not exist.
found = {"/", "/en"}
for start in ("/", "/en"):
    for link in re.findall(r'(?:href|data-spec|src|action)="(/[^"#]*)"', text(start)[1]):
        found.add(link.replace("&amp;", "&"))
pages = sorted(link for link in found if not link.startswith(("/egen", "/s/")))
broken = [path for path in pages if text(path)[0] != 200]
pages = [path for path in pages if path not in broken]
files = sorted(link for link in found if link.startswith("/s/"))
api = [path for path in ("/api/v1/areas", "/api/v1/indicators", "/api/v1/observations?indicator=benefit_recipients&limit=100", "/api/v1/results?limit=50", "/api/v1/publications") if text(path)[0] == 200]
own = [str(code) for code in (101, 147, 151, 185, 219, 265, 330, 461, 561, 607, 657, 740, 751, 787, 813, 851, 860)]
status, latencies, faults = {}, [], []
gate = threading.Lock()


def work(number, threads=4):
    draw = random.Random(number)
    connection = http.client.HTTPConnection(address, timeout=30)
    turn = time.monotonic() + number / rate
    while turn < end:
        time.sleep(max(0, turn - time.monotonic()))
        turn += threads / rate
        kind = draw.random()
        expected = (200,)
        if kind < 0.6:
            path = draw.choice(pages)
        elif kind < 0.75:
            path = draw.choice(files or pages)
        elif kind < 0.95 and api:
            path = draw.choice(api)
        else:
            path, expected = f"/findes-ikke-{draw.randrange(10**6)}", (404,)
        headers = {"Cookie": "egen=" + draw.choice(own)} if draw.random() < 0.5 else {}
        if draw.random() < 0.5:
            headers["Accept-Encoding"] = "br"
        began = time.monotonic()
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            whole = answer.status in expected and len(body) > 0
            with gate:
                status[answer.status] = status.get(answer.status, 0) + 1
                latencies.append(time.monotonic() - began)
                if not whole:
                    faults.append(f"{answer.status} {path}")
        except OSError as fault:
            connection.close()
            with gate:
                faults.append(f"{type(fault).__name__} {path}")


threads = [threading.Thread(target=work, args=(number,), daemon=True) for number in range(4)]
[thread.start() for thread in threads]
began, latest = time.monotonic(), 0.0
print(f"{len(pages)} pages and charts, {len(files)} files, {len(api)} questions to the API, {rate:.0f} requests/s", flush=True)
if broken:
    print(f"{len(broken)} links lead nowhere, first {broken[0]}", flush=True)
print("minute  requests  faults  memory MB  heap MB", flush=True)
while any(thread.is_alive() for thread in threads):
    time.sleep(min(60, max(0.1, end - time.monotonic())))
    counts = text("/metrics")[1]
    value = {name: float(re.search(rf"^{name} (\S+)$", counts, re.M).group(1)) for name in ("process_resident_memory_bytes", "dotnet_gc_heap_bytes")}
    with gate:
        print(f"{(time.monotonic() - began) / 60:6.1f}  {sum(status.values()):8d}  {len(faults):6d}  {value['process_resident_memory_bytes'] / 2**20:9.0f}  {value['dotnet_gc_heap_bytes'] / 2**20:7.0f}", flush=True)
latencies.sort()
print("statuses", dict(sorted(status.items())), "p50 %.1f ms, p99 %.1f ms, longest %.0f ms" % tuple(1e3 * latencies[min(len(latencies) - 1, int(len(latencies) * share))] for share in (0.5, 0.99, 1)))
print("\n".join(faults[:20]))
sys.exit(1 if faults else 0)
