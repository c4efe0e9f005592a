#!/usr/bin/env bash
# Times whole commands as a user waits for them: elapsed and processor seconds and peak memory, three runs each.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
"$root/fikspunkt" --version >/dev/null # builds what is missing

measure() {
  for run in 1 2 3; do
    python3 - "$@" <<'P'
import os, resource, subprocess, sys, time
start = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{time.perf_counter() - start:6.2f} s  {used.ru_utime + used.ru_stime:6.2f} s processor  {used.ru_maxrss / 1024:5.0f} MB  exit {code}  {' '.join(os.path.basename(a) for a in sys.argv[1:])}")
P
  done
}

measure "$root/fikspunkt" demo --no-serve --out "$out/demo"
measure "$root/fikspunkt" verify "$(ls "$out"/demo/*.zip)"
measure "$root/fikspunkt" measure all --synthetic --out "$out/measure"
shared="$root/../shared/data"
if [ -d "$shared" ]; then
  measure "$root/fikspunkt" measure published-y30r21 --data "$shared/y30r21/y30r21.csv" --out "$out/measure-y30r21"
  measure "$root/fikspunkt" benchmark published-y30r21 --data "$shared/y30r21/y30r21.csv" --out "$out/y30r21"
  measure "$root/fikspunkt" benchmark dst-unemployment --data "$shared/dst-municipalities/dst-municipalities.csv" --out "$out/dst"
fi
