#!/usr/bin/env bash
# Runs the example's tests in a virtual environment in .build, with the akita-django
# wheel that "make wheel" built.
set -euo pipefail

app=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
top=$(cd "$app/../.." && pwd)
venv="$top/.build/example-venv"

shopt -s nullglob
wheels=("$top"/python/akita-django/dist/*.whl)
if ((${#wheels[@]} != 1)); then
  echo "python/akita-django/dist has ${#wheels[@]} wheels, must have one: run \"make wheel\"." >&2
  exit 2
fi

if ! cmp --silent "$app/requirements.txt" "$venv/requirements.txt"; then
  echo "-----> Installing the example's packages"
  python3 -m venv --clear "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$app/requirements.txt" --find-links "${wheels[0]%/*}"
  cp "$app/requirements.txt" "$venv/requirements.txt"
fi
# The wheel may have changed without a change of its version.
"$venv/bin/pip" install --quiet --disable-pip-version-check --force-reinstall --no-deps "${wheels[0]}"

cd "$app"
DATA_DIR=$(mktemp -d)
export DATA_DIR
trap 'rm -rf "$DATA_DIR"' EXIT
"$venv/bin/python" manage.py makemigrations --check --dry-run
"$venv/bin/python" -W error manage.py test "$@"
