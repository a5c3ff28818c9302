#!/usr/bin/env bash
# shellcheck disable=SC2034 # the tests read what the functions here set
# Functions that the tests share. Each test runs in its own subshell and temporary
# directory, and what it started is stopped at its end.

harness::fail() {
  printf '       FAIL %s\n' "$@" >&2
  exit 1
}

# harness::run TEST...: run each function and print its result; return 1 if one failed.
harness::run() {
  local test status passed=0 failed=0
  for test in "$@"; do
    set +e # in a condition the subshell's own errexit would be off
    (harness::isolated "$test")
    status=$?
    set -e
    if ((status == 0)); then
      passed=$((passed + 1))
      printf 'ok   %s\n' "$test"
    else
      failed=$((failed + 1))
      printf 'FAIL %s\n' "$test"
    fi
  done
  printf '%d passed, %d failed\n' "$passed" "$failed"
  ((failed == 0))
}

harness::isolated() {
  set -euo pipefail
  groups=()
  work=$(mktemp -d)
  trap harness::clean_up EXIT
  cd "$work"
  mkdir build cache env www
  "$1"
}

harness::clean_up() {
  local group
  for group in "${groups[@]}"; do
    if kill -0 -- "-$group" 2>/dev/null; then
      kill -KILL -- "-$group"
    fi
  done
  rm -rf "$work"
}

# harness::start LOG COMMAND...: run a command in the background in its own process
# group, which is killed at the end of the test. $group is its id.
harness::start() {
  local log=$1
  shift
  setsid "$@" >"$log" 2>&1 </dev/null &
  group=$!
  disown # or bash reports its end
  groups+=("$group")
}

# harness::until WHAT COMMAND...: wait until the command succeeds; fail after 30 s.
harness::until() {
  local what=$1 deadline=$((SECONDS + 30))
  shift
  until "$@"; do
    if ((SECONDS >= deadline)); then
      harness::fail "waited 30 s for: $what" "$(tail -n 20 ./*.log)"
    fi
    sleep 0.05
  done
}

harness::contains() {
  if [[ "$1" != *"$2"* ]]; then
    harness::fail "this is not in the output: $2" "the output: $1"
  fi
}

harness::lacks() {
  if [[ "$1" == *"$2"* ]]; then
    harness::fail "this must not be in the output: $2" "the output: $1"
  fi
}

harness::equal() {
  if [[ "$1" != "$2" ]]; then
    harness::fail "got:  $1" "want: $2"
  fi
}

# harness::alone GROUP: report whether one process of the group is alive.
harness::alone() { (($(harness::living "$1") == 1)); }

# harness::gone GROUP: report whether no process of the group is alive.
harness::gone() { (($(harness::living "$1") == 0)); }

harness::living() { ps -eo pgid=,stat= | awk -v group="$1" '$1 == group && $2 !~ /^Z/' | wc -l; }
