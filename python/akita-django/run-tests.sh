#!/usr/bin/env bash
# Builds the wheel and tests it, installed, on each supported Django; warnings are
# errors. Virtual environments are kept in .venv, so that only the first run installs.
#
# usage: run-tests.sh [pytest arguments]
# REPORTS: a folder for JUnit reports; none are written without it.
set -euo pipefail
cd "$(dirname "$0")"

python=${PYTHON:-python3}

wheel::build() {
  rm -rf .venv/wheel
  "$python" -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir .venv/wheel .
}

venv::ready() {
  local venv=.venv/$1 requirements=tests/requirements-$1.txt
  if ! cmp -s "$requirements" "$venv/requirements.txt"; then
    echo "-----> Installing $requirements"
    "$python" -m venv --clear "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements"
    cp "$requirements" "$venv/requirements.txt"
  fi
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --force-reinstall .venv/wheel/*.whl
}

tests::run() {
  local name=$1
  shift
  echo "-----> Testing akita-django with $name"
  "./.venv/$name/bin/python" -W error -m pytest \
    ${REPORTS:+--junit-xml="$REPORTS/python-$name.xml"} "$@"
}

wheel::build
failed=0
for name in django42 django52; do
  venv::ready "$name"
  tests::run "$name" "$@" || failed=1
done
exit "$failed"
