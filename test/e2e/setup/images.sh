#!/usr/bin/env bash
# Makes the base images of the engine tests without any pull: from Debian's packages, the machine's own toolchains and
# packages of the registries. What stands between the machine and its registries (mirrors, proxies, CA files, client
# settings) is read here at run time and goes into the images, so that installs work inside a build.
#
#   images.sh [NAME...]
#
# makes the images of these names, and those that they stand on; without a name all but those made on request. Each is
# a file `images/NAME.sh`, which sets
#   TAGS        its tags: the first is its own, the others are the names that Dockerfiles use for much the same
#   NEEDS       the images that it stands on
#   ON_REQUEST  not empty: made only when named
# and defines
#   make TAG    which makes it
#   lacks       which says why this machine cannot (optional): the image is then skipped, and `missing` in the folder
#               of the set-up holds its name and the reason.
# `buildah` copies the base images that are there to buildah's storage.
# An image that this version of its files made is not made again.
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh

WORK="$E2E_DIR/work"
# Where every image keeps its CA bundle, whatever the machine calls its own.
# shellcheck disable=SC2034 # Used by the images.
IMAGE_CA=/etc/ssl/certs/ca-certificates.crt

main() {
  require_root
  daemon_answers || die 'dockerd does not run: start engine.sh first'
  exec 9>"$E2E_DIR/images.lock"
  flock 9
  rm -rf "$WORK"
  mkdir -p "$WORK" "$E2E_DIR/made"
  trap 'rm -rf "$WORK"' EXIT
  : >"$E2E_DIR/missing"
  local name
  # shellcheck disable=SC2046 # Names without spaces.
  [ $# -gt 0 ] || set -- $(usual_names)
  for name in "$@"; do
    if [ "$name" = buildah ]; then
      copy_to_buildah
    else
      make_once "$name"
    fi
  done
}

usual_names() {
  local file
  for file in images/*.sh; do
    (
      load "$(basename "$file" .sh)"
      [ -n "$ON_REQUEST" ] || basename "$file" .sh
    )
  done
}

# Reads what an image's file says; in a subshell, so that one image leaves nothing to the next.
load() {
  [ -f "images/$1.sh" ] || die "no image is called $1"
  NEEDS=() ON_REQUEST=''
  lacks() { :; }
  # shellcheck disable=SC1090 # One file for each image.
  . "images/$1.sh"
}

make_once() (
  name=$1
  load "$name"
  reason="$(lacks)"
  # An image stands on others as they are: those made anew pull it along.
  recipe="$(cat ./images.sh ./lib.sh "images/$name.sh" | sha256sum | cut -c1-16)"
  for need in ${NEEDS[@]+"${NEEDS[@]}"}; do
    make_once "$need"
    if is_missing "$need"; then
      reason="${reason:-it stands on $need}"
      continue
    fi
    recipe+=" $(cut -d' ' -f1 "$E2E_DIR/made/$need")"
  done
  if [ -n "$reason" ]; then
    is_missing "$name" || echo "$name $reason" >>"$E2E_DIR/missing"
    exit 0
  fi
  recipe="$(echo "$recipe" | sha256sum | cut -c1-16)"
  id="$("$DOCKER" image inspect --format '{{.Id}}' "${TAGS[0]}" 2>/dev/null || true)"
  if [ -n "$id" ] && [ "$(cat "$E2E_DIR/made/$name" 2>/dev/null)" = "$recipe $id" ]; then
    log "${TAGS[0]} is there"
    exit 0
  fi
  log "making ${TAGS[0]}"
  make "${TAGS[0]}"
  for tag in "${TAGS[@]}"; do
    "$DOCKER" tag "${TAGS[0]}" "$tag"
  done
  id="$("$DOCKER" image inspect --format '{{.Id}}' "${TAGS[0]}")"
  echo "$recipe $id" >"$E2E_DIR/made/$name"
  log "made ${TAGS[*]}"
)

is_missing() {
  grep -q "^$1 " "$E2E_DIR/missing"
}

env_pair() {
  printf '%s="%s"\n' "$1" "$(printf '%s' "$2" | sed 's/[\\"$]/\\&/g')"
}

# build_image TAG [FILE...]: builds an image whose context is files of the work folder, by the Dockerfile on standard
# input.
build_image() {
  local tag=$1 context="$WORK/context" name output file
  shift
  mkdir -p "$context"
  for file in "$@"; do mv "$WORK/$file" "$context/"; done
  cat >"$context/Dockerfile"
  name="${tag%%:*}"
  output="$E2E_DIR/build-${name##*/}-image.log"
  DOCKER_BUILDKIT=1 "$DOCKER" build --network=host --progress=plain -t "$tag" "$context" >"$output" 2>&1 || {
    tail -n 30 "$output" >&2
    die "the build of $tag failed, see $output"
  }
  rm -rf "$context"
}

# buildah looks for a short name under localhost/ before it asks any registry.
copy_to_buildah() {
  local name first tag tags
  export CONTAINERS_STORAGE_CONF="$E2E_DIR/storage.conf"
  for name in $(usual_names); do
    [ -e "$E2E_DIR/made/$name" ] || continue
    tags="$(load "$name" && echo "${TAGS[@]}")"
    first="${tags%% *}"
    if [ "$(cat "$E2E_DIR/made/$name")" = "$(cat "$E2E_DIR/made/buildah-$name" 2>/dev/null)" ]; then
      log "$first is there for buildah"
      continue
    fi
    log "copying $first to buildah"
    "$DOCKER" save "$first" -o "$WORK/image.tar"
    skopeo copy -q "docker-archive:$WORK/image.tar" "containers-storage:localhost/$first"
    rm -f "$WORK/image.tar"
    for tag in $tags; do
      buildah tag "localhost/$first" "localhost/$tag"
    done
    cp "$E2E_DIR/made/$name" "$E2E_DIR/made/buildah-$name"
  done
}

main "$@"
