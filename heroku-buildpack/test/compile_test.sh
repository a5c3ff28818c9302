#!/usr/bin/env bash
# shellcheck disable=SC2154 # run, harness.sh and heroku.sh set these variables
# Tests bin/detect, bin/release and bin/compile.

test_detect_accepts_every_app() {
  harness::equal "$(env -i PATH="$PATH" "$buildpack/bin/detect" build)" "Akita"
}

test_release_adds_nothing() {
  harness::equal "$(env -i PATH="$PATH" "$buildpack/bin/release" build)" "--- {}"
}

test_compile_installs_the_servers_binary() {
  heroku::offer "$akita"
  heroku::config AKITA_SERVER "$server"
  heroku::build
  harness::equal "$status" 0
  harness::contains "$output" "-----> Installing the Akita agent (linux/$arch) from $server"
  cmp "$akita" build/.akita/bin/akita
  build/.akita/bin/akita version >version.log
  [[ -f build/.profile.d/akita.sh && -x build/.akita/bin/supervisor ]]
}

test_compile_downloads_the_same_binary_once() {
  heroku::offer "$akita"
  heroku::config AKITA_SERVER "$server/" # a slash at the end changes nothing
  heroku::build
  harness::lacks "$output" "cached"
  heroku::build
  harness::equal "$status" 0
  harness::contains "$output" "Using the cached binary"
  harness::equal "$(grep -c "GET /download/akita-linux-$arch HTTP" www.log)" 1
}

test_compile_replaces_a_damaged_or_older_binary_in_the_cache() {
  heroku::offer "$akita"
  heroku::config AKITA_SERVER "$server"
  heroku::build
  mkdir -p cache/akita/0ld
  printf 'x' >>"$(echo cache/akita/*/akita)"
  heroku::build
  harness::equal "$status" 0
  cmp "$akita" build/.akita/bin/akita
  harness::equal "$(find cache/akita -mindepth 1 -maxdepth 1 | wc -l)" 1
}

test_compile_keeps_the_cache_of_other_buildpacks() {
  heroku::offer "$akita"
  heroku::config AKITA_SERVER "$server"
  mkdir cache/python
  heroku::build
  [[ -d cache/python ]]
}

test_compile_refuses_a_binary_with_another_checksum() {
  heroku::offer "$akita"
  printf 'x' >>"www/download/akita-linux-$arch"
  heroku::config AKITA_SERVER "$server"
  heroku::build
  harness::equal "$status" 1
  harness::contains "$output" \
    " !     The downloaded akita-linux-$arch does not match the SHA-256 that the server publishes."
  [[ ! -e build/.akita && ! -e build/.profile.d ]]
}

test_compile_refuses_an_invalid_checksum() {
  heroku::offer "$akita"
  echo "<html>" >"www/download/akita-linux-$arch.sha256"
  heroku::config AKITA_SERVER "$server"
  heroku::build
  harness::equal "$status" 1
  harness::contains "$output" "is not a SHA-256 checksum."
  harness::contains "$output" "Check that AKITA_SERVER is an Akita server."
}

test_compile_reports_each_wrong_input() {
  heroku::offer "$akita"
  rm "www/download/akita-linux-$arch.sha256"
  local row stack address want
  for row in \
    "heroku-24||AKITA_SERVER is not set." \
    "heroku-24|akita.example.com|must be a URL that starts with https:// or http://." \
    "heroku-24|ftp://akita.example.com|must be a URL that starts with https:// or http://." \
    "heroku-24|https://alice:hunter2@akita.example.com/|AKITA_SERVER contains a user name or a password." \
    "heroku-24|https://hunter2@akita.example.com|heroku config:set AKITA_SERVER=https://akita.example.com" \
    "heroku-24|ftp://hunter2@akita.example.com|AKITA_SERVER contains a user name or a password." \
    "heroku-24|http://a b|AKITA_SERVER contains a space or a line break." \
    "heroku-24|http://127.0.0.1:1|nothing answers there. Check AKITA_SERVER" \
    "heroku-24|http://akita.invalid|no such host. Check AKITA_SERVER." \
    "heroku-24|$server|the server does not have it." \
    "heroku-22|$server|the server does not have it." \
    "container|$server|heroku stack:set heroku-24" \
    "cnb|$server|start \"akita daemon\" next to the app" \
    "windows-11|$server|This buildpack does not know the stack \"windows-11\"." \
    "|$server|STACK is not set"; do
    IFS='|' read -r stack address want <<<"$row"
    heroku::config AKITA_SERVER "$address"
    heroku::build STACK="$stack"
    harness::equal "$row: status $status" "$row: status 1"
    harness::contains "$output" "$want"
    harness::lacks "$output" hunter2
    [[ ! -e build/.akita ]]
  done
}

test_compile_follows_no_redirect_from_https_to_http() {
  heroku::offer "$akita"
  local http=$server
  heroku::redirect_over_tls "$http"
  heroku::config AKITA_SERVER "$server"
  heroku::build CURL_CA_BUNDLE="$work/tls.pem"
  harness::equal "$status" 1
  harness::contains "$output" "the server redirects from https to http"
  harness::lacks "$(<www.log)" "GET /download"
  [[ ! -e build/.akita ]]
}

test_compile_follows_other_redirects() {
  heroku::offer "$akita"
  heroku::redirect "$server"
  heroku::config AKITA_SERVER "$server"
  heroku::build
  harness::equal "$status" 0
  cmp "$akita" build/.akita/bin/akita
}

test_compile_refuses_a_machine_without_a_binary() {
  mkdir bin
  printf '#!/bin/sh\necho riscv64\n' >bin/uname
  chmod +x bin/uname
  heroku::config AKITA_SERVER http://127.0.0.1:1
  heroku::build PATH="$work/bin:$PATH"
  harness::equal "$status" 1
  harness::contains "$output" "There is no akita binary for this machine (riscv64)."
}

test_compile_warns_of_plain_http_and_missing_keys() {
  heroku::offer "$akita"
  heroku::config AKITA_SERVER "$server"
  heroku::build
  harness::contains "$output" " !     AKITA_SERVER is plain HTTP"
  harness::contains "$output" " !     The API key is not set yet"
  heroku::config AKITA_API_KEY_ID apk_x
  heroku::config AKITA_API_KEY_SECRET aks_x
  heroku::build
  harness::equal "$status" 0
  harness::lacks "$output" "The API key is not set yet"
  harness::lacks "$output" "aks_x"
}

test_compile_with_too_few_arguments() {
  status=0
  output=$(env -i PATH="$PATH" "$buildpack/bin/compile" build 2>&1) || status=$?
  harness::equal "$status" 1
  harness::contains "$output" "bin/compile BUILD_DIR CACHE_DIR ENV_DIR"
}
