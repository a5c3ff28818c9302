#!/usr/bin/env bash
# Reads and checks the build's input: stack, machine, and the app's config vars.

# akita::config_var ENV_DIR NAME: print a config var, or nothing. Heroku passes
# config vars as files, not in the environment.
akita::config_var() {
  local file="$1/$2"
  if [[ -f "$file" ]]; then
    printf '%s' "$(<"$file")"
  fi
}

# akita::require_stack STACK: fail unless the stack's dynos run our profile script.
akita::require_stack() {
  case $1 in
    heroku-[0-9][0-9]) ;;
    container | cnb)
      akita::fail "This buildpack does not work on the stack \"$1\": it runs no profile scripts, which start the daemon." \
        "Install the akita binary in your image and start \"akita daemon\" next to the app," \
        "or change to a stack with Ubuntu: heroku stack:set heroku-24"
      ;;
    "")
      akita::fail "STACK is not set: this is not a Heroku build." \
        "To run the buildpack by hand, set it: STACK=heroku-24 bin/compile BUILD_DIR CACHE_DIR ENV_DIR"
      ;;
    *)
      akita::fail "This buildpack does not know the stack \"$1\"." \
        "Choose one with Ubuntu: heroku stack:set heroku-24"
      ;;
  esac
}

# akita::arch MACHINE: print Go's name for the machine that uname -m prints.
akita::arch() {
  case $1 in
    x86_64 | amd64) echo amd64 ;;
    aarch64 | arm64) echo arm64 ;;
    *)
      akita::fail "There is no akita binary for this machine ($1)." \
        "Akita runs on x86_64 (amd64) and aarch64 (arm64)."
      ;;
  esac
}

# akita::server ENV_DIR: print the server's URL without a slash at its end.
akita::server() {
  local server
  server=$(akita::config_var "$1" AKITA_SERVER)
  case $server in
    "")
      akita::fail "AKITA_SERVER is not set." \
        "Set it to your Akita server: heroku config:set AKITA_SERVER=https://akita.example.com"
      ;;
    *[[:space:]]*)
      akita::fail "AKITA_SERVER contains a space or a line break." \
        "Set it again: heroku config:set AKITA_SERVER=https://akita.example.com"
      ;;
    *://*)
      akita::require_no_userinfo "$server"
      ;;&
    https://?*) ;;
    http://?*)
      akita::warn "AKITA_SERVER is plain HTTP: anyone on the network can read the API key and replace the agent." \
        "Use https:// except for a trial."
      ;;
    *)
      akita::fail "AKITA_SERVER is \"$server\", must be a URL that starts with https:// or http://." \
        "Set it again: heroku config:set AKITA_SERVER=https://akita.example.com"
      ;;
  esac
  printf '%s' "${server%/}"
}

# akita::require_no_userinfo URL: fail if the URL has a user or a password. They would
# appear in logs, and the server does not use them.
akita::require_no_userinfo() {
  local authority=${1#*://}
  authority=${authority%%[/?#]*}
  if [[ "$authority" == *@* ]]; then
    akita::fail "AKITA_SERVER contains a user name or a password." \
      "Set it without: heroku config:set AKITA_SERVER=https://${authority##*@}" \
      "The daemon authenticates with AKITA_API_KEY_ID and AKITA_API_KEY_SECRET."
  fi
}

# akita::warn_without_keys ENV_DIR: warn if the keys are missing. The build does
# not need them; the daemon does.
akita::warn_without_keys() {
  if [[ -z "$(akita::config_var "$1" AKITA_API_KEY_ID)" || -z "$(akita::config_var "$1" AKITA_API_KEY_SECRET)" ]]; then
    akita::warn "The API key is not set yet: the app will run without capture." \
      "Create a key in the console (Settings), then:" \
      "heroku config:set AKITA_API_KEY_ID=<your key ID> AKITA_API_KEY_SECRET=<your secret>"
  fi
}
