#!/usr/bin/env bash
# Checks that the tools of the build are installed and new enough. Otherwise it says what is
# missing and where to get it, and fails.
set -euo pipefail

missing=0

# check::tool NAME WANTED FOUND HINT: FOUND is empty if the tool is missing.
check::tool() {
  local name=$1 wanted=$2 found=$3 hint=$4
  if [[ -z $found ]]; then
    printf 'error: %s is missing; Akita needs %s or newer. %s\n' "$name" "$wanted" "$hint" >&2
  elif [[ $(printf '%s\n%s\n' "$wanted" "$found" | sort --version-sort | head -n 1) != "$wanted" ]]; then
    printf 'error: %s is %s; Akita needs %s or newer. %s\n' "$name" "$found" "$wanted" "$hint" >&2
  else
    return 0
  fi
  missing=1
}

# check::version COMMAND ARG...: prints the first version number in the command's output, or
# nothing if the command is missing or fails.
check::version() {
  command -v "$1" >/dev/null || return 0
  "$@" 2>/dev/null | grep --only-matching --max-count=1 --extended-regexp '[0-9]+(\.[0-9]+)+' | head -n 1
}

check::python_venv() {
  command -v python3 >/dev/null || return 0
  python3 -c 'import ensurepip, venv' 2>/dev/null && return 0
  echo 'error: Python cannot make virtual environments. Run: apt-get install python3-venv' >&2
  missing=1
}

check::tool Go 1.26 "$(check::version go version)" 'See https://go.dev/doc/install'
check::tool Python 3.11 "$(check::version python3 --version)" 'Run: apt-get install python3 python3-venv'
check::tool Node 20.19 "$(check::version node --version)" 'See https://nodejs.org/en/download'
check::tool npm 9 "$(check::version npm --version)" 'It comes with Node: https://nodejs.org/en/download'
check::tool git 2 "$(check::version git --version)" 'Run: apt-get install git'
check::python_venv

exit "$missing"
