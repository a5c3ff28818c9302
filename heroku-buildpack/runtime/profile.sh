#!/usr/bin/env bash
# Starts the Akita daemon in the background. Heroku sources this file in each
# dyno before the app, in the app's own shell, so it sets no variables and no
# options, and cannot fail. It starts the supervisor in a subshell, so that init
# becomes its parent: the app must not find a child that it did not start.
if [ -x "${HOME:-/app}/.akita/bin/supervisor" ]; then
  ("${HOME:-/app}/.akita/bin/supervisor" </dev/null &)
fi
