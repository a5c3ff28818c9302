#!/usr/bin/env bash
# shellcheck disable=SC2154 # run, harness.sh and heroku.sh set these variables
# Tests profile script and supervisor with a script in place of akita.
# round_trip_test.sh uses the real binary.

keys=(AKITA_API_KEY_ID=apk_x AKITA_API_KEY_SECRET=aks_x)

# built_with BODY: build a slug with this script in place of akita.
built_with() {
  heroku::offer_script "$1"
  heroku::config AKITA_SERVER "$server"
  heroku::build
  harness::equal "$status" 0
  keys+=("AKITA_SERVER=$server")
}

log_has() { grep -qsF -- "$2" "$1.log"; }

# shellcheck disable=SC2016 # the script's variables, not ours
stays='echo "[INFO] called with: $*"; echo $$ >>"$HOME/pids"; exec sleep 1000'

test_the_daemon_runs_beside_the_app() {
  built_with "$stays"
  heroku::dyno web.1 "${keys[@]}"
  harness::until "the daemon's line" log_has web.1 \
    "akita: [INFO] called with: daemon --name heroku-web.1 --data-dir $work/build/.akita/data"
  harness::until "the app" log_has web.1 "app: started"
}

test_the_daemons_name_ends_with_the_dynos_name() {
  built_with "$stays"
  heroku::dyno worker.2 "${keys[@]}" AKITA_DAEMON_NAME=staging
  harness::until "the daemon's line" log_has worker.2 "--name staging-worker.2 "
}

test_the_apps_shell_is_not_changed() {
  built_with "$stays"
  # shellcheck disable=SC2016
  env -i bash -c 'echo "app: started with options $-, variables $(compgen -v | grep -ci akita)"' >plain.log
  heroku::dyno web.1
  harness::until "the app" log_has web.1 "$(<plain.log)"
}

test_the_app_has_no_child_that_it_did_not_start() {
  built_with "$stays"
  heroku::dyno web.1 "${keys[@]}"
  harness::until "the daemon" test -s build/pids
  harness::equal "$(pgrep --parent "$group")" ""
}

test_the_app_starts_under_errexit_and_without_a_supervisor() {
  built_with "$stays"
  rm build/.akita/bin/supervisor
  harness::equal "$(env -i HOME="$work/build" bash -euc 'source build/.profile.d/akita.sh; echo on')" "on"
  harness::equal "$(env -i bash -euc 'source build/.profile.d/akita.sh; echo on')" "on"
}

test_a_daemon_that_exits_is_restarted() {
  built_with "$stays"
  heroku::dyno web.1 "${keys[@]}"
  harness::until "the daemon" test -s build/pids
  kill -KILL "$(<build/pids)"
  harness::until "a second daemon" second_start
  log_has web.1 "akita: [WARN] The daemon exited with status 137; restarting it in 1 s."
  kill -0 "$(tail -n 1 build/pids)"
}
second_start() { (($(wc -l <build/pids) == 2)); }

test_the_delay_between_restarts_grows() {
  built_with 'exit 1'
  heroku::dyno web.1 "${keys[@]}"
  harness::until "the third delay" log_has web.1 "akita: [WARN] The daemon exited with status 1; restarting it in 4 s."
}

test_a_wrongly_configured_daemon_is_not_restarted() {
  # shellcheck disable=SC2016
  built_with 'echo $$ >>"$HOME/pids"; echo "akita: no such key" >&2; exit 2'
  heroku::dyno web.1 "${keys[@]}"
  harness::until "the reason" log_has web.1 "akita: [ERROR] The daemon cannot run with this configuration"
  log_has web.1 "akita: no such key"
  harness::until "the supervisor's end" only_the_app
  harness::equal "$(wc -l <build/pids)" 1
}
only_the_app() { harness::alone "$group"; }

test_missing_keys_are_logged_once_and_the_app_runs() {
  built_with "$stays"
  heroku::dyno web.1 AKITA_SERVER="$server"
  harness::until "the error" log_has web.1 \
    'akita: [ERROR] Not set: AKITA_API_KEY_ID AKITA_API_KEY_SECRET. Use "heroku config:set";'
  harness::until "the app" log_has web.1 "app: started"
  harness::until "the supervisor's end" only_the_app
  harness::equal "$(wc -l <web.1.log)" 2
  [[ ! -e build/pids ]]
}

test_one_off_and_disabled_dynos_start_no_daemon() {
  built_with "$stays"
  local row name setting
  for row in "run.1234 A=" "release.7 A=" "scheduler.42 A=" "web.1 AKITA_DISABLED=1" "web.1 AKITA_DISABLED=true"; do
    read -r name setting <<<"$row"
    heroku::dyno "$name" "${keys[@]}" "$setting"
    harness::until "the app" log_has "$name" "app: started"
    harness::until "only the app ($row)" only_the_app
    harness::equal "$(wc -l <"$name.log")" 1
  done
  [[ ! -e build/pids ]]
}

test_sigterm_to_every_process_lets_the_daemon_finish() {
  # shellcheck disable=SC2016
  built_with 'trap "echo [INFO] flushed; exit 0" TERM; echo $$ >>"$HOME/pids"; sleep 1000 & wait $!'
  heroku::dyno web.1 "${keys[@]}"
  harness::until "the daemon" test -s build/pids
  kill -TERM -- "-$group"
  harness::until "the last line" log_has web.1 "akita: [INFO] flushed"
  harness::until "the dyno's end" harness::gone "$group"
  harness::equal "$(wc -l <build/pids)" 1
}

test_sigterm_to_the_supervisor_stops_the_daemon() {
  built_with "$stays"
  heroku::dyno web.1 "${keys[@]}"
  harness::until "the daemon" test -s build/pids
  kill -TERM "$(ps -o ppid= -p "$(<build/pids)" | tr -d ' ')"
  harness::until "only the app" only_the_app
}
