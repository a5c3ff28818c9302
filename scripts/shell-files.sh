#!/usr/bin/env bash
# Prints the bash scripts of the repository, NUL-terminated: files that end in .sh and
# files with a bash shebang.
set -euo pipefail

files::is_bash() {
  [[ $1 == *.sh ]] || head -n 1 "$1" | grep --quiet --text '^#!.*bash'
}

git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
  if [[ -f $file ]] && files::is_bash "$file"; then
    printf '%s\0' "$file"
  fi
done
