#!/usr/bin/env bash
# Runs every fuzz target of the repository, one after the other, and prints its executions and
# its result. It continues after a failure and fails at the end. The failing input is then in
# the package's testdata/fuzz; commit it with the fix.
#
# usage: fuzz.sh FUZZTIME    as go's -fuzztime: 2m, or 10000x for a count
set -euo pipefail

fuzztime=${1:?usage: fuzz.sh FUZZTIME}
logs=.build/fuzz

# Prints "package target" for each target.
fuzz::targets() {
  go test -vet=off -list '^Fuzz' ./... |
    awk '/^Fuzz/ { names[n++] = $1 } /^ok/ { for (i = 0; i < n; i++) print $2, names[i]; n = 0 }'
}

# Fuzzes one target and prints its line.
fuzz::run() {
  local package=$1 target=$2 log=$logs/$2.log result=passed
  if ! go test -run '^$' -fuzz "^$target\$" -fuzztime "$fuzztime" "$package" >"$log" 2>&1; then
    result=FAILED
  fi
  printf '%-32s %-24s %10s executions  %s\n' "$target" "${package#akita/}" "$(fuzz::executions "$log")" "$result"
  if [[ $result == FAILED ]]; then
    cat "$log"
    return 1
  fi
}

# Prints the last count in a log, 0 if the seeds did not complete.
fuzz::executions() {
  local counts
  counts=$(sed -n 's/.*execs: \([0-9]*\).*/\1/p' "$1")
  printf '%d' "${counts##*$'\n'}"
}

rm -rf "$logs"
mkdir -p "$logs"
targets=$(fuzz::targets)
failed=0
while read -r package target; do
  fuzz::run "$package" "$target" || failed=1
done <<<"$targets"
exit "$failed"
