#!/usr/bin/env bash
# Builds the last stage of the Dockerfile around bin/akita with buildah, as root, without a
# registry and without Docker, and runs the image.
#
# usage: test.sh    (from `make test-image`)
set -euo pipefail
export BUILDAH_ISOLATION=chroot

image=akita-test
work=$(mktemp -d)
storage=(--root "$work/storage" --runroot "$work/run" --storage-driver vfs)
container=
server=

image::clean() {
  [[ -z $server ]] || kill "$server" 2>/dev/null || true # it may have ended
  [[ -z $container ]] || buildah "${storage[@]}" rm "$container" >/dev/null
  rm -rf "$work"
}
trap image::clean EXIT

image::fail() {
  printf 'FAIL: %s\n' "$1" >&2
  exit 1
}

image::pass() { printf 'ok    %s\n' "$1"; }

# image::build builds from a context with the files that the stage copies from the previous one,
# at the same paths below the context's root.
image::build() {
  local context=$work/context
  mkdir -p "$context/empty" "$context/src/bin" "$context/etc/ssl/certs"
  cp bin/akita "$context/src/bin/akita"
  cp /etc/ssl/certs/ca-certificates.crt "$context/etc/ssl/certs/"
  sed -n '/^FROM scratch/,$p' Dockerfile | sed 's/--from=build //' >"$work/Dockerfile"
  grep --quiet '^FROM scratch' "$work/Dockerfile" || image::fail 'the Dockerfile has no stage FROM scratch'
  buildah "${storage[@]}" build --quiet --file "$work/Dockerfile" --tag "$image" "$context" >/dev/null
  container=$(buildah "${storage[@]}" from "$image")
}

# image::run runs akita in the container as the image says.
image::run() { buildah "${storage[@]}" run "$container" -- /akita "$@"; }

image::build
image::pass 'the image builds'

wanted='65532:65532 [/akita] [server]'
format='{{.OCIv1.Config.User}} {{.OCIv1.Config.Entrypoint}} {{.OCIv1.Config.Cmd}}'
got=$(buildah "${storage[@]}" inspect --type image --format "$format" "$image")
[[ $got == "$wanted" ]] || image::fail "it runs as $got, wanted $wanted"
image::pass 'it runs the server, as a user without a name'

root=$(buildah "${storage[@]}" mount "$container")
got=$(cd "$root" && find . -type f \
  -not -path './etc/ssl/*' -not -path './proc/*' -not -path './sys/*' -not -path './dev/*' | sort | tr '\n' ' ')
[[ $got == './akita ' ]] || image::fail "besides authorities it holds $got, and should hold akita alone"
image::pass 'it holds one program and the authorities'

[[ $(image::run version) == "$(bin/akita version)" ]] || image::fail 'the program in it does not run'
image::pass 'the program runs'

image::serve() {
  buildah "${storage[@]}" run --env AKITA_LISTEN=127.0.0.1:0 "$container" -- /akita server >"$work/server.log" 2>&1 &
  server=$!
  for ((tries = 0; tries < 100; tries++)); do
    grep --quiet 'is ready at' "$work/server.log" && return
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
  done
  image::fail "the server does not start: $(cat "$work/server.log")"
}

image::serve
url=$(grep --only-matching 'http://[0-9.:]*' "$work/server.log" | head -n 1)
curl --silent --show-error --fail "$url/healthz" >/dev/null || image::fail 'the server does not answer'
image::pass 'the server starts and answers'

program=$(pgrep --full --newest '^/akita server$') || image::fail 'the server is not among the processes'
[[ $(ps -o uid= -p "$program" | tr -d ' ') == 65532 ]] || image::fail 'the server does not run as 65532'
image::pass 'its process is not root'

[[ -f /proc/$program/root/data/akita/server/akita.db ]] || image::fail 'the server keeps its data elsewhere'
got=$(find "/proc/$program/root/" -xdev -user 65532 -not -path '*/root/data*' | head)
[[ -z $got ]] || image::fail "it wrote outside of its volume: $got"
image::pass 'it writes into its volume only'

kill -TERM "$program"
wait "$server" || image::fail "the server does not end in order: $(cat "$work/server.log")"
server=
image::pass 'SIGTERM ends it in order'

# A server with a certificate of a known authority is trusted; the daemon says so, or
# says what it does not trust.
image::certificates() {
  openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 \
    -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
  cat "$work/cert.pem" >>"$root/etc/ssl/certs/ca-certificates.crt"
  AKITA_ADMIN_USERNAME=admin AKITA_ADMIN_PASSWORD='a long enough passphrase' \
    bin/akita server --listen 127.0.0.1:0 --data-dir "$work/tls" \
    --tls-cert "$work/cert.pem" --tls-key "$work/key.pem" >"$work/tls.log" 2>&1 &
  server=$!
  for ((tries = 0; tries < 100; tries++)); do
    grep --quiet 'is ready at' "$work/tls.log" && break
    sleep 0.1
  done
  url=$(grep --only-matching 'https://[0-9.:]*' "$work/tls.log" | head -n 1)
  # A key that the server does not know is refused by the server itself: TLS is through.
  local said
  said=$(buildah "${storage[@]}" run \
    --env AKITA_API_KEY_ID=apk_6EjLU2sINbfKRwmqeqQM8s --env AKITA_API_KEY_SECRET=unknown "$container" -- \
    /akita daemon --name test --port 0 --server "$url" 2>&1) && image::fail 'the daemon accepts an unknown key'
  grep --quiet 'the server refuses the API key' <<<"$said" ||
    image::fail "the daemon does not reach a TLS server: $said"
}
image::certificates
image::pass 'the daemon finds the certificate authorities'
