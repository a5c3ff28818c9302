#!/usr/bin/env bash
# Starts the Akita daemon in the background. Heroku sources this file in each
# dyno before the app, in the app's own shell: so it sets no variable and no
# option, and cannot fail. The subshell hands the supervisor over to init: the
# app must never find a child that it did not start.
if [ -x "${HOME:-/app}/.akita/bin/supervisor" ]; then
  ("${HOME:-/app}/.akita/bin/supervisor" </dev/null &)
fi
