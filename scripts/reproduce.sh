#!/usr/bin/env bash
# Builds the release again, from the sources alone, in another folder and with empty caches,
# and compares the checksums of all files.
#
# usage: reproduce.sh RELEASE    (a folder that `make release-files` has filled; VERSION,
#                                 EPOCH and PLATFORMS as for that)
set -euo pipefail

release=$(realpath "$1")
again=$(mktemp -d)
trap 'chmod -R u+w "$again" && rm -rf "$again"' EXIT

printf -- '-----> Building the release again in another folder, to compare the results\n'
git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
  [[ ! -f $file ]] || printf '%s\0' "$file"
done | tar --create --null --files-from - | tar --extract --directory "$again"

env GOCACHE="$again/.build/go-cache" "${MAKE:-make}" --directory "$again" release-files \
  VERSION="$VERSION" EPOCH="$EPOCH" PLATFORMS="$PLATFORMS"

if ! diff "$release/SHA256SUMS" "$again/.build/release/SHA256SUMS"; then
  printf 'error: two builds of the same sources differ\n' >&2
  exit 1
fi
