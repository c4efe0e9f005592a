#!/usr/bin/env bash
# Makes the pictures of the guides from the demonstration. Needs Chromium. Use: docs/da/billeder.sh [FOLDER]
# FOLDER is a folder that is served as it is; without one the demonstration is made first.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="$(cd "$here/../.." && pwd)"
target="$here/billeder"
browser="$(command -v chromium || command -v chromium-browser || command -v google-chrome)" || { echo "billeder.sh: no Chromium found" >&2; exit 3; }
temporary="$(mktemp -d)"
server=""
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$temporary"' EXIT

folder="${1:-}"
if [ -z "$folder" ]; then
  folder="$temporary/demo"
  "$root/fikspunkt" demo --out "$folder" --no-serve >/dev/null
fi

port="${PORT:-5179}"
"$root/fikspunkt" --version >/dev/null
"$root/fikspunkt" serve "$folder" --urls "http://127.0.0.1:$port" >"$temporary/log" 2>&1 &
server=$!
for _ in $(seq 120); do
  grep -q "127.0.0.1:$port" "$temporary/log" && break
  sleep 0.25
done

# A page from its top, or from so many pixels below it, at the width of a laptop.
picture() {
  local name="$1" path="$2" height="$3" width="${4:-1200}" top="${5:-0}"
  "$browser" --headless --no-sandbox --disable-gpu --disable-background-networking --lang=da --accept-lang=da --hide-scrollbars --user-data-dir="$temporary/browser" \
    --virtual-time-budget=12000 --window-size="$width,$height" --screenshot="$temporary/$name.png" "http://127.0.0.1:$port$path" >/dev/null 2>&1
  # Few colours are enough for a page and keep the repository small.
  if command -v convert >/dev/null 2>&1; then
    convert "$temporary/$name.png" -crop "${width}x$((height - top))+0+$top" +repage -strip -colors 128 "PNG8:$target/$name.png"
  else
    cp "$temporary/$name.png" "$target/$name.png"
  fi
  echo "$name.png"
}

mkdir -p "$target"
# The first visit may be shown before the fonts have come.
picture overblik "/" 1150 >/dev/null
picture overblik "/" 1150
picture kommune "/kommune/aalborg" 1100
picture ydelser "/kommune/aalborg" 3000 1200 1840
picture notat "/kommune/aalborg/notat" 1250 1000
picture sammenlign "/sammenlign?kommune=851&kommune=461&kommune=751" 1300
picture data "/data" 900
picture noegletal "/noegletal" 900
picture vaerksted "/vaerksted" 1100
