#!/usr/bin/env bash
# Mixed load over a long time: watches memory and errors. usage: bench/web-soak.sh [MINUTES=30] [REQUESTS_A_SECOND=100] [FOLDER]
set -euo pipefail
minutes="${1:-30}" rate="${2:-100}" port="${PORT:-5916}"
. "$(dirname "${BASH_SOURCE[0]}")/server.sh"
folder="$(content "${3:-}")"
start "$folder" 0.1
python3 "$root/bench/web-soak.py" "$address" "$minutes" "$rate" && code=0 || code=$?
echo "log: $(wc -l <"$work/log") lines, $(grep -c '"level":"\(Warning\|Error\|Critical\)"' "$work/log" || true) warnings or errors"
exit "$code"
