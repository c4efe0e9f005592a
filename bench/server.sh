# Starts the server that the load scripts measure; sourced by them after $port is set. Gives $root, $work (a folder that goes away), $address
# and the functions below; the server is stopped when the script ends.
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
program="${PROGRAM:-$root/src/Fikspunkt.Cli/bin/Release/net10.0/fikspunkt.dll}"
address="http://127.0.0.1:$port"
work="$(mktemp -d)"
server=""
stop() { [ -z "$server" ] || { kill "$server" && wait "$server"; } || true; rm -rf "$work"; }
trap stop EXIT

# The folder to serve: the one given, or a demonstration made for the occasion.
content() {
  [ -n "$1" ] && { echo "$1"; return; }
  "$root/fikspunkt" demo --no-serve --out "$work/demo" >/dev/null || return
  echo "$work/demo"
}

# Serves a folder and returns when it answers; asks every so many seconds.
start() {
  dotnet "$program" serve "$1" --urls "$address" --api-rate 0 >/dev/null 2>"$work/log" &
  server=$!
  until curl -fs -o /dev/null "$address/sundhed/klar"; do
    kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; server=""; exit 1; }
    sleep "$2"
  done
}
