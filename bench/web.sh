#!/usr/bin/env bash
# Load on the server from the same machine: starts it, warms it, runs wrk and prints a table. usage: bench/web.sh [FOLDER] [SECONDS=10]
set -euo pipefail
seconds="${2:-10}" port="${PORT:-5917}"
command -v wrk >/dev/null || { echo "web.sh: needs wrk (apt-get install wrk)" >&2; exit 3; }
. "$(dirname "${BASH_SOURCE[0]}")/server.sh"
folder="$(content "${1:-}")"

began="$(date +%s%N)"
start "$folder" 0.01
ready="$(date +%s%N)"
curl -fs -o /dev/null "$address/" || true
first="$(date +%s%N)"
echo "ready after $(((ready - began) / 1000000)) ms, first page after $(((first - began) / 1000000)) ms"

printf '%-62s %10s %9s %9s %9s %7s\n' "address, 32 connections, ${seconds} s" requests/s "p50 ms" "p99 ms" "max ms" errors
cat >"$work/row.lua" <<'L'
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format("ROW %.0f %.2f %.2f %.1f %d\n", summary.requests / summary.duration * 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3, e.connect + e.read + e.write + e.status + e.timeout))
end
L
for path in / /kommune/aalborg "/diagram/rangorden.json" "/api/v1/observations?indicator=benefit_recipients&limit=100" "/api/v1/observations?indicator=benefit_recipients&area=851&format=csv" /api/v1/areas; do
  [ "$(curl -s -o /dev/null -w '%{http_code}' "$address$path")" = 200 ] || { printf '%-62s not there\n' "$path"; continue; }
  wrk -t1 -c32 -d3s -H "Accept-Encoding: br" "$address$path" >/dev/null
  read -r _ rate p50 p99 longest errors < <(wrk -t1 -c32 "-d${seconds}s" -H "Accept-Encoding: br" -s "$work/row.lua" "$address$path" | grep ^ROW)
  printf '%-62s %10s %9s %9s %9s %7s\n' "$path" "$rate" "$p50" "$p99" "$longest" "$errors"
done
