#!/usr/bin/env bash
# Runs `make KIND-PART` for each part, also after a failure, and prints a table of the results.
# Fails if any part failed. For tests, the last line has the total over all parts.
#
# usage: each.sh KIND PART...
set -euo pipefail

kind=$1
shift

reports=.build/$kind
rm -rf "$reports"
mkdir -p "$reports"

failed=0
for part in "$@"; do
  printf '\n-----> make %s-%s\n' "$kind" "$part"
  start=$SECONDS
  result=passed
  if ! "${MAKE:-make}" "$kind-$part"; then
    result=failed
    failed=1
  fi
  printf '%s\t%s\t%d\n' "$part" "$result" $((SECONDS - start)) >>"$reports/parts.tsv"
done

python3 scripts/summary.py "$reports"
exit "$failed"
