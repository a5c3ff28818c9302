#!/usr/bin/env bash
# shellcheck disable=SC2034,SC2154 # variables are shared with run, harness.sh and heroku.sh
# Tests a dyno with a real server, and with the buildpack and agent that it offers.

password="a long password for a test"

# akita_server: start a server with a user, a project and an API key. Sets $server,
# $key_id and $key_secret.
akita_server() {
  local key
  server="http://127.0.0.1:$(free_port)"
  harness::start server.log env -i PATH="$PATH" HOME="$work" \
    AKITA_ADMIN_USERNAME=admin AKITA_ADMIN_PASSWORD="$password" \
    "$akita" server --listen "${server#http://}" --data-dir "$work/server"
  harness::until "the server" curl --silent --fail --output healthz.log "$server/healthz"
  rest POST session "{\"username\": \"admin\", \"password\": \"$password\"}" >session.log
  rest POST projects '{"name": "django-demo"}' >project.log
  key=$(rest POST api-keys '{"name": "heroku", "scope": "agent"}')
  key_id=$(field id <<<"$key")
  key_secret=$(field secret <<<"$key")
}

# rest METHOD PATH [BODY]: call the REST API as the logged-in user.
rest() {
  local body=()
  if (($# > 2)); then
    body=(--header 'Content-Type: application/json' --data "$3")
  fi
  curl --silent --fail --cookie jar --cookie-jar jar --request "$1" "${body[@]}" "$server/api/v1/$2"
}

# field NAME: print a member of the JSON object on standard input.
field() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }

free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# built_from_the_server: build with the buildpack that the server offers.
built_from_the_server() {
  mkdir offered
  curl --silent --fail "$server/download/heroku-buildpack.tgz" | tar -xz -C offered
  buildpack="$work/offered"
  heroku::config AKITA_SERVER "$server"
  heroku::build
  harness::equal "$status" 0
}

# listed STATE: report whether the server lists the dyno's daemon with this state.
listed() {
  rest GET projects/django-demo/daemons >daemons.json
  python3 - "$1" <<'PYTHON'
import json, sys
daemons = json.load(open("daemons.json"))["items"]
sys.exit([(d["name"], d["state"]) for d in daemons] != [("heroku-web.1", sys.argv[1])])
PYTHON
}

daemon_pid() { pgrep --pgroup "$group" --full "akita daemon"; }

test_a_dynos_daemon_reports_to_the_server_and_comes_back_when_killed() {
  akita_server
  built_from_the_server
  heroku::dyno web.1 AKITA_SERVER="$server" AKITA_API_KEY_ID="$key_id" AKITA_API_KEY_SECRET="$key_secret" \
    AKITA_DAEMON_PORT="$(free_port)"
  harness::until "the daemon in the server's list" listed healthy
  kill -KILL "$(daemon_pid)"
  harness::until "a second start" second_daemon
  listed healthy
  harness::lacks "$(<web.1.log)" "$key_secret"
}
second_daemon() { (($(grep -c 'akita: \[INFO\] Daemon "heroku-web.1" listens' web.1.log) == 2)); }

test_a_refused_key_is_logged_and_the_app_runs() {
  akita_server
  built_from_the_server
  heroku::dyno web.1 AKITA_SERVER="$server" AKITA_API_KEY_ID="$key_id" AKITA_API_KEY_SECRET="${key_secret%?????}wrong" \
    AKITA_DAEMON_PORT="$(free_port)"
  harness::until "the app" log_has web.1 "app: started"
  harness::until "the reason" log_has web.1 "akita: the server refuses the API key $key_id"
  harness::until "the hint" log_has web.1 "akita: [ERROR] The daemon cannot run with this configuration"
  harness::lacks "$(<web.1.log)" "$key_secret"
}
