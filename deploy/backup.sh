#!/usr/bin/env bash
# Copies a served folder - store and published packages - into one dated archive with its checksum.
# usage: backup.sh FOLDER BACKUPS    The server may run; an import may not: the store is copied while nobody writes to it.
set -euo pipefail
[ "$#" -eq 2 ] || { echo "usage: backup.sh FOLDER BACKUPS" >&2; exit 2; }
folder="$(realpath -e "$1")" && mkdir -p "$2" && target="$(realpath -e "$2")"
store="$folder/fikspunkt.duckdb"
case "$target/" in "$folder"/*) echo "backup.sh: BACKUPS must lie outside FOLDER" >&2; exit 2 ;; esac
[ -f "$store" ] || { echo "backup.sh: no store in $folder" >&2; exit 2; }

state() { stat -c '%s %Y %i' "$store" "$store.wal" 2>/dev/null || true; }
name="fikspunkt-$(date -u +%Y%m%dT%H%M%SZ).tar.gz"
work="$(mktemp -d "$target/.backup-XXXXXX")"
trap 'rm -rf "$work"' EXIT
for attempt in 1 2 3 4 5; do
  # What is left in the write-ahead file belongs to an import under way: wait until the store is whole by itself.
  before="$(state)"
  if [ ! -s "$store.wal" ]; then
    (cd "$folder" && find . -mindepth 1 -maxdepth 1 ! -name '.*' ! -name '*.wal' ! -name '*.new' ! -name '*.partial' -print0 | sort -z | tar --null -T - --owner=0 --group=0 --numeric-owner -czf "$work/$name")
    [ "$before" = "$(state)" ] && break
  fi
  [ "$attempt" -lt 5 ] || { echo "backup.sh: the store is being written to; try again later" >&2; exit 3; }
  sleep 5
done
(cd "$work" && sha256sum "$name" >"$name.sha256")
sync "$work/$name"
mv "$work/$name.sha256" "$work/$name" "$target/"
echo "$target/$name"
