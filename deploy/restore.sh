#!/usr/bin/env bash
# Restores an archive that backup.sh made into a folder that does not exist yet, and recomputes every package in it.
# usage: restore.sh ARCHIVE NEW_FOLDER    FIKSPUNKT is the command to verify with, paths with spaces quoted (default: fikspunkt).
set -euo pipefail
[ "$#" -eq 2 ] || { echo "usage: restore.sh ARCHIVE NEW_FOLDER" >&2; exit 2; }
archive="$(realpath -e "$1")" folder="$2"
[ ! -e "$folder" ] || { echo "restore.sh: $folder exists already; nothing is overwritten" >&2; exit 2; }
(cd "$(dirname "$archive")" && sha256sum --quiet -c "$(basename "$archive").sha256") || { echo "restore.sh: the archive is not what was backed up" >&2; exit 1; }

mkdir -p "$(dirname "$folder")"
work="$(mktemp -d "$(dirname "$folder")/.restore-XXXXXX")"
trap 'rm -rf "$work"' EXIT
tar -xzf "$archive" -C "$work" --no-same-owner
# A command line, split as a shell would, quotes and all, but nothing in it carried out.
mapfile -t command < <(xargs printf '%s\n' <<<"${FIKSPUNKT:-fikspunkt}")
"${command[@]}" vintages --store "$work/fikspunkt.duckdb"
differ=()
for manifest in "$work"/*/manifest.json; do
  [ -f "$manifest" ] || continue
  "${command[@]}" verify "$(dirname "$manifest")" || differ+=("$(basename "$(dirname "$manifest")")")
done
chmod 750 "$work"
mv -T "$work" "$folder"
trap - EXIT
echo "$folder"
if [ "${#differ[@]}" -gt 0 ]; then
  echo "restore.sh: restored byte for byte, but this program does not recompute ${differ[*]}; was it another version that published?" >&2
  exit 1
fi
