#!/usr/bin/env bash
# Installs files into the slug.

# akita::install BUILDPACK_DIR BINARY BUILD_DIR: install binary, supervisor and
# profile script.
akita::install() {
  local buildpack_dir=$1 binary=$2 build_dir=$3
  mkdir -p "$build_dir/.akita/bin" "$build_dir/.profile.d"
  install -m 0755 "$binary" "$build_dir/.akita/bin/akita"
  install -m 0755 "$buildpack_dir/runtime/supervisor" "$build_dir/.akita/bin/supervisor"
  install -m 0644 "$buildpack_dir/runtime/profile.sh" "$build_dir/.profile.d/akita.sh"
}
