#!/usr/bin/env bash
# Prints messages in Heroku's form. They go to standard error, because functions
# return their results on standard output; Heroku shows both.

akita::step() { printf -- '-----> %s\n' "$1" >&2; }

akita::detail() { printf '       %s\n' "$@" >&2; }

akita::warn() { printf ' !     %s\n' "$@" >&2; }

# akita::fail WHAT_IS_WRONG WHAT_TO_DO...: print both and fail the build.
akita::fail() {
  akita::warn "$@"
  exit 1
}
