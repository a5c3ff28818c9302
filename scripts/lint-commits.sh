#!/usr/bin/env bash
# Checks the messages of the commits after BASE: a subject of at most 72 characters without a
# full stop, an empty line, and a body that gives the reason. Merges are not checked.
#
# usage: lint-commits.sh BASE
set -euo pipefail

base=${1:?usage: lint-commits.sh BASE}
max=72

if ! git merge-base --is-ancestor "$base" HEAD 2>/dev/null; then
  printf 'Commit messages are not checked: this clone does not have commit %s.\n' "$base"
  exit 0
fi

failed=0

# commits::fail COMMIT SUBJECT PROBLEM
commits::fail() {
  printf '%s %s\n  %s\n' "${1:0:9}" "$2" "$3" >&2
  failed=1
}

commits::check() {
  local commit=$1 subject separator body
  {
    IFS= read -r subject || true
    IFS= read -r separator || true
    body=$(cat)
  } < <(git log -1 --format=%B "$commit")

  ((${#subject} <= max)) ||
    commits::fail "$commit" "$subject" "The subject has ${#subject} characters; shorten it to $max."
  [[ $subject != *. ]] || commits::fail "$commit" "$subject" 'Remove the full stop after the subject.'
  [[ -z $separator ]] || commits::fail "$commit" "$subject" 'Leave the second line empty.'
  [[ -n $body ]] || commits::fail "$commit" "$subject" 'Add a body that gives the reason.'
}

while read -r commit; do
  commits::check "$commit"
done < <(git rev-list --no-merges "$base..HEAD")
exit "$failed"
