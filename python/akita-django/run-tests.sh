#!/usr/bin/env bash
# Tests the installed wheel with each supported Django; warnings are errors. Tests
# that do not depend on Django run with the first only. The virtual environments are
# kept in .venv, so only the first run installs packages.
#
# usage: run-tests.sh [pytest arguments]
# WITH: names of tests/requirements-*.txt to test with (default: "django52 django42").
# REPORTS: a folder for JUnit reports (default: none are written).
set -euo pipefail
cd "$(dirname "$0")"

venv::prepare() {
  local venv=.venv/$1 requirements=tests/requirements-$1.txt
  if ! cmp -s "$requirements" "$venv/requirements.txt"; then
    echo "-----> Installing $requirements"
    "${PYTHON:-python3}" -m venv --clear "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements"
    cp "$requirements" "$venv/requirements.txt"
  fi
}

wheel::build() {
  rm -rf .venv/wheel
  "$1/bin/pip" wheel --quiet --disable-pip-version-check --no-deps --wheel-dir .venv/wheel .
}

wheel::test() {
  local name=$1 venv=.venv/$1
  shift
  echo "-----> Testing akita-django with $name"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --force-reinstall .venv/wheel/*.whl
  "$venv/bin/python" -W error -m pytest ${REPORTS:+--junit-xml="$REPORTS/python-$name.xml"} "$@"
}

read -ra with <<<"${WITH:-django52 django42}"
for name in "${with[@]}"; do venv::prepare "$name"; done
wheel::build ".venv/${with[0]}"
failed=0
wheel::test "${with[0]}" "$@" || failed=1
for name in "${with[@]:1}"; do wheel::test "$name" -m "not any_django" "$@" || failed=1; done
exit "$failed"
