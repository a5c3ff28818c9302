#!/usr/bin/env bash
# Downloads the akita binary from the server, checks it, and caches it.

# akita::curl URL OUTPUT: download, or fail the build and say what to do. A redirect
# must not lead from https to http.
akita::curl() {
  local url=$1 output=$2 status=0 redirects='=https'
  if [[ "$url" == http://* ]]; then
    redirects='=http,https'
  fi
  curl --fail --silent --location --proto '=http,https' --proto-redir "$redirects" \
    --retry 3 --connect-timeout 10 --max-time 300 --output "$output" "$url" || status=$?
  if ((status != 0)); then
    akita::fail "Could not download $url: $(akita::curl_problem "$status")"
  fi
}

# akita::curl_problem STATUS: print what curl's exit status means and what to do.
akita::curl_problem() {
  case $1 in
    1)
      echo "the server redirects from https to http, where the agent could be replaced on the way." \
        "Correct AKITA_SERVER or the server."
      ;;
    6) echo "no such host. Check AKITA_SERVER." ;;
    7) echo "nothing answers there. Check AKITA_SERVER, and that the server runs and is reachable from Heroku." ;;
    22)
      echo "the server does not have it. Check AKITA_SERVER;" \
        "to offer binaries for other platforms, start the server with --download-dir."
      ;;
    28) echo "it took too long. Try again, or check the server's network." ;;
    35 | 60) echo "the server's TLS certificate is not trusted. Use one from a public authority." ;;
    *) echo "curl failed with status $1." ;;
  esac
}

# akita::published_sha256 SERVER ARCH: print the checksum that the server publishes.
akita::published_sha256() {
  local url="$1/download/akita-linux-$2.sha256" file sha256
  file=$(mktemp)
  akita::curl "$url" "$file"
  sha256=$(<"$file")
  sha256=${sha256%%[[:space:]]*} # the file's name follows
  rm "$file"
  if [[ ! "$sha256" =~ ^[0-9a-f]{64}$ ]]; then
    akita::fail "$url is not a SHA-256 checksum." "Check that AKITA_SERVER is an Akita server."
  fi
  echo "$sha256"
}

# akita::fetch SERVER ARCH SHA256 CACHE: print the path of a binary with this
# checksum. It is downloaded unless the cache has it.
akita::fetch() {
  local server=$1 arch=$2 sha256=$3 cache=$4
  local binary="$cache/$sha256/akita"
  if akita::matches "$binary" "$sha256"; then
    akita::detail "Using the cached binary"
  else
    rm -rf "$cache" # of an older version, or damaged
    mkdir -p "$cache/$sha256"
    akita::curl "$server/download/akita-linux-$arch" "$binary.part"
    if ! akita::matches "$binary.part" "$sha256"; then
      rm -f "$binary.part"
      akita::fail "The downloaded akita-linux-$arch does not match the SHA-256 that the server publishes." \
        "Try again: the server may just have been upgraded. If it fails again, a proxy changes the file."
    fi
    mv "$binary.part" "$binary"
  fi
  echo "$binary"
}

# akita::matches FILE SHA256: report whether the file exists and has this checksum.
akita::matches() {
  [[ -f "$1" ]] && sha256sum --check --status <<<"$2  $1"
}
