#!/usr/bin/env bash
# Installs a command from Debian packages if it is missing.
#
# usage: apt-install.sh COMMAND [PACKAGE...]    (the package's name: COMMAND)
set -euo pipefail

command=$1
packages=("${@:2}")
((${#packages[@]})) || packages=("$command")

command -v "$command" >/dev/null && exit 0

apt::fail() {
  printf 'error: %s is missing. %s\n' "$command" "$1" >&2
  exit 1
}

command -v apt-get >/dev/null || apt::fail 'Install it on the PATH and try again.'

as_root=()
if [[ $(id -u) != 0 ]]; then
  as_root=(sudo -n)
  sudo -n true 2>/dev/null || apt::fail "Run: sudo apt-get install ${packages[*]}"
fi

printf -- '-----> Installing %s from Debian (it is missing)\n' "$command"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  -o DPkg::Lock::Timeout=300 "${packages[@]}" >/dev/null
