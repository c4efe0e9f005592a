#!/usr/bin/env bash
# Mixed load over a long time: watches memory and errors. usage: bench/web-soak.sh [MINUTES=30] [REQUESTS_A_SECOND=100] [FOLDER]
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
minutes="${1:-30}" rate="${2:-100}" folder="${3:-}" port="${PORT:-5916}"
work="$(mktemp -d)"
server=""
stop() { [ -z "$server" ] || { kill "$server" && wait "$server"; } || true; rm -rf "$work"; }
trap stop EXIT
if [ -z "$folder" ]; then
  folder="$work/demo"
  "$root/fikspunkt" demo --no-serve --out "$folder" >/dev/null
fi
program="${PROGRAM:-$root/src/Fikspunkt.Cli/bin/Release/net10.0/fikspunkt.dll}"
dotnet "$program" serve "$folder" --urls "http://127.0.0.1:$port" --api-rate 0 >/dev/null 2>"$work/log" &
server=$!
until curl -fs -o /dev/null "http://127.0.0.1:$port/sundhed/klar"; do sleep 0.1; done
python3 "$root/bench/web-soak.py" "http://127.0.0.1:$port" "$minutes" "$rate" && code=0 || code=$?
echo "log: $(wc -l <"$work/log") lines, $(grep -c '"level":"\(Warning\|Error\|Critical\)"' "$work/log" || true) warnings or errors"
exit "$code"
