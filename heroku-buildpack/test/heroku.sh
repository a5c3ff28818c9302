#!/usr/bin/env bash
# shellcheck disable=SC2034,SC2154 # variables are shared with run, harness.sh and the tests
# Builds apps and starts dynos as Heroku does.

# heroku::config NAME VALUE: what `heroku config:set` does for the next build.
heroku::config() { printf '%s' "$2" >"env/$1"; }

# heroku::build [NAME=VALUE...]: run bin/compile in a clean environment with
# these variables; sets $output and $status.
heroku::build() {
  status=0
  output=$(env -i PATH="$PATH" HOME="$work" STACK=heroku-24 "$@" \
    "$buildpack/bin/compile" "$work/build" "$work/cache" "$work/env" 2>&1) || status=$?
}

# heroku::dyno NAME [NAME=VALUE...]: start a dyno of the app that was built, with
# these config vars. Its app prints a line and then waits. The log is NAME.log.
heroku::dyno() {
  local name=$1
  shift
  # shellcheck disable=SC2016 # these are the variables of the dyno
  harness::start "$name.log" env -i PATH="$PATH" HOME="$work/build" DYNO="$name" "$@" \
    bash -c 'for script in "$HOME"/.profile.d/*.sh; do source "$script"; done
      echo "app: started with options $-, variables $(compgen -v | grep -ci akita)"
      exec sleep 1000'
}

# heroku::offer FILE: serve FILE as the akita binary for this machine; sets $server
# to the URL.
heroku::offer() {
  mkdir -p www/download
  cp "$1" "www/download/akita-linux-$arch"
  (cd www/download && sha256sum "akita-linux-$arch" >"akita-linux-$arch.sha256")
  harness::start www.log python3 -u -m http.server 0 --bind 127.0.0.1 --directory www
  harness::until "the web server's address" grep -qs "http://" www.log
  server=$(grep -o 'http://127.0.0.1:[0-9]*' www.log)
}

# heroku::redirect URL: start a server that redirects everything to URL; sets $server.
heroku::redirect() {
  harness::start redirect.log python3 -u "$buildpack/test/redirect.py" "$1"
  harness::until "the redirecting server's address" grep -qs "http" redirect.log
  server=$(head -n 1 redirect.log)
}

# heroku::redirect_over_tls URL: the same over TLS, with the certificate tls.pem.
heroku::redirect_over_tls() {
  openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost \
    -addext subjectAltName=IP:127.0.0.1 -keyout tls.key -out tls.pem 2>openssl.log
  harness::start redirect.log python3 -u "$buildpack/test/redirect.py" "$1" tls.pem tls.key
  harness::until "the redirecting server's address" grep -qs "https" redirect.log
  server=$(head -n 1 redirect.log)
}

# heroku::offer_script BODY: serve a script in place of akita.
heroku::offer_script() {
  printf '#!/usr/bin/env bash\n%s\n' "$1" >stand-in
  heroku::offer stand-in
}
