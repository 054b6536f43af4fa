#!/usr/bin/env bash
# Makes the base images of the engine tests without any pull: from Debian's packages, the machine's own Node.js and
# Go, and packages of the npm registry. What stands between the machine and its registries (mirrors, proxies, CA
# files, client settings) is read here at run time and goes into the images, so that installs work inside a build.
#
#   images.sh [busybox] [debian] [node] [python] [golang] [frontend] [buildah]
#
# makes those, and those that they stand on; without a name the first five. `frontend` is docker/dockerfile:1, which
# Dockerfiles with a `# syntax=` line need. `buildah` copies the base images that are there to buildah's storage.
# An image that this version of the script made is not made again.
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh

RECIPE="$(cat ./images.sh ./lib.sh | sha256sum | cut -c1-16)"
WORK="$E2E_DIR/work"
# Where every image keeps its CA bundle, whatever the machine calls its own.
IMAGE_CA=/etc/ssl/certs/ca-certificates.crt

PNPM='pnpm@10.34.9'
YARN='yarn@1.22.22'
BUILDKIT=v0.26.3

main() {
  require_root
  daemon_answers || die 'dockerd does not run: start engine.sh first'
  exec 9>"$E2E_DIR/images.lock"
  flock 9
  rm -rf "$WORK"
  mkdir -p "$WORK" "$E2E_DIR/made"
  trap 'rm -rf "$WORK"' EXIT
  [ $# -gt 0 ] || set -- busybox debian node python golang
  local name
  for name in "$@"; do
    case "$name" in
      busybox | debian | frontend) make_once "$name" ;;
      node | python | golang)
        make_once debian
        make_once "$name"
        ;;
      buildah) copy_to_buildah ;;
      *) die "no image is called $name" ;;
    esac
  done
}

# The tags of an image: the first is its own, the others are the names that Dockerfiles use for much the same.
tags_of() {
  case "$1" in
    busybox) echo busybox:latest busybox:1.36 busybox:stable ;;
    debian) echo debian:12 debian:bookworm debian:bookworm-slim debian:12-slim ;;
    node) echo node:20 node:20-slim node:20-bookworm node:20-bookworm-slim ;;
    python) echo python:3.11-slim python:3.11 python:3.11-bookworm python:3.11-slim-bookworm ;;
    golang) echo golang:1.26 golang:1.26-bookworm ;;
    frontend) echo docker/dockerfile:{1,1.4,1.5,1.6,1.7,1.20,latest} ;;
  esac
}

make_once() {
  local name=$1 first id tag
  first="$(tags_of "$name" | cut -d' ' -f1)"
  id="$("$DOCKER" image inspect --format '{{.Id}}' "$first" 2>/dev/null || true)"
  if [ -n "$id" ] && [ "$(cat "$E2E_DIR/made/$name" 2>/dev/null)" = "$RECIPE $id" ]; then
    log "$first is there"
    return 0
  fi
  log "making $first"
  "make_$name" "$first"
  for tag in $(tags_of "$name"); do
    "$DOCKER" tag "$first" "$tag"
  done
  id="$("$DOCKER" image inspect --format '{{.Id}}' "$first")"
  echo "$RECIPE $id" >"$E2E_DIR/made/$name"
  # An image made anew pulls its children along.
  if [ "$name" = debian ]; then
    rm -f "$E2E_DIR"/made/{node,python,golang}
  fi
  log "made $(tags_of "$name")"
}

make_busybox() {
  local root="$WORK/busybox" applets applet
  mkdir -p "$root"/{bin,dev,etc,home,proc,root,sys,tmp,usr/bin,usr/sbin,sbin,var}
  chmod 1777 "$root/tmp"
  chmod 700 "$root/root"
  apt_update
  # Unpacked, not installed: the machine may have the other busybox package, and the two exclude each other.
  (
    cd "$WORK"
    "${APT_GET[@]}" -o APT::Sandbox::User=root download -qq busybox-static >&2
    dpkg-deb -x busybox-static_*.deb unpacked
  )
  install -m 755 "$(find "$WORK/unpacked" -type f -path '*/bin/busybox')" "$root/bin/busybox"
  applets="$("$root/bin/busybox" --list)"
  for applet in $applets; do
    [ "$applet" = busybox ] || ln -s busybox "$root/bin/$applet"
  done
  ln -s ../../bin/env "$root/usr/bin/env"
  printf '%s\n' 'root:x:0:0:root:/root:/bin/sh' 'daemon:x:1:1:daemon:/usr/sbin:/bin/false' \
    'nobody:x:65534:65534:nobody:/home:/bin/false' >"$root/etc/passwd"
  printf '%s\n' 'root:x:0:' 'daemon:x:1:' 'nobody:x:65534:' >"$root/etc/group"
  tar -C "$root" -c . | "$DOCKER" import \
    --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
    --change 'CMD ["sh"]' - "$1" >&2
}

make_debian() {
  local root="$WORK/debian" suite=bookworm mirror changes=() setting
  apt_ensure debootstrap debian-archive-keyring
  apt_update
  mirror="$(apt_sources | awk -v suite="$suite" '$2 == suite && $3 == "main" { print $1; exit }')"
  [ -n "$mirror" ] || die "apt has no source for Debian $suite"
  debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$E2E_DIR/debootstrap.log" 2>&1 ||
    die "debootstrap failed, see $E2E_DIR/debootstrap.log"
  slim_debian "$root"
  configure_apt "$root"
  copy_ca_files "$root"
  while IFS= read -r setting; do
    changes+=(--change "ENV $setting")
  done < <(environment_settings)
  tar -C "$root" --numeric-owner --exclude='./dev/*' --exclude='./proc/*' --exclude='./sys/*' -c . |
    "$DOCKER" import \
      --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
      "${changes[@]}" --change 'CMD ["bash"]' - "$1" >&2
  rm -rf "$root"
}

# What the published image does to dpkg and apt. docker-clean matters most: it empties apt's cache after every
# install, so that a cache mount stays empty until a Dockerfile removes it.
slim_debian() {
  local root=$1
  printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
  chmod 755 "$root/usr/sbin/policy-rc.d"
  echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/docker-apt-speedup"
  printf 'path-exclude %s\n' '/usr/share/doc/*' '/usr/share/info/*' '/usr/share/lintian/*' '/usr/share/linda/*' \
    '/usr/share/man/*' '/usr/share/locale/*' >"$root/etc/dpkg/dpkg.cfg.d/docker"
  echo 'path-include /usr/share/doc/*/copyright' >>"$root/etc/dpkg/dpkg.cfg.d/docker"
  cat >"$root/etc/apt/apt.conf.d/docker-clean" <<'END'
DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
APT::Update::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb /var/cache/apt/archives/partial/*.deb /var/cache/apt/*.bin || true"; };
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
END
  echo 'Acquire::GzipIndexes "true";' >"$root/etc/apt/apt.conf.d/docker-gzip-indexes"
  echo 'Acquire::Languages "none";' >"$root/etc/apt/apt.conf.d/docker-no-languages"
  echo 'Apt::AutoRemove::SuggestsImportant "false";' >"$root/etc/apt/apt.conf.d/docker-autoremove-suggests"
  find "$root/usr/share/doc" -mindepth 1 ! -type d ! -name copyright -delete
  find "$root/usr/share/doc" -mindepth 1 -type d -empty -delete
  rm -rf "$root"/usr/share/{info,lintian,linda,locale,man}/* "$root"/var/lib/apt/lists/* \
    "$root"/var/cache/apt/archives/*.deb "$root"/var/cache/apt/*.bin "$root"/var/log/*.log
  rm -f "$root/etc/hostname" "$root/etc/resolv.conf"
}

# Debian's own archives among the machine's package sources: `URI SUITE COMPONENT` a line.
apt_sources() {
  # shellcheck disable=SC2016 # The fields are apt's own.
  apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT) $(ORIGIN)' 'Created-By: Packages' |
    awk '$4 == "Debian" { print $1, $2, $3 }' | sort -u
}

configure_apt() {
  local root=$1 uri suite component
  rm -f "$root/etc/apt/sources.list"
  while read -r uri suite component; do
    printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: %s\nSigned-By: %s\n\n' \
      "$uri" "$suite" "$component" /usr/share/keyrings/debian-archive-keyring.gpg
  done < <(apt_sources) >"$root/etc/apt/sources.list.d/debian.sources"
  apt-config dump | grep -E '^Acquire::(https?|Check-|Max-ValidTime|Retries|ForceIPv|Allow)' \
    >"$root/etc/apt/apt.conf.d/90machine" || true
}

# The bundle under its usual name, and the CA files of the machine's own, which update-ca-certificates adds again
# when a Dockerfile installs ca-certificates.
copy_ca_files() {
  local root=$1 bundle
  bundle="$(machine_ca_bundle)"
  mkdir -p "$root$(dirname "$IMAGE_CA")" "$root/usr/local/share/ca-certificates"
  [ -z "$bundle" ] || install -m 644 "$bundle" "$root$IMAGE_CA"
  if [ -d /usr/local/share/ca-certificates ]; then
    cp -rL /usr/local/share/ca-certificates/. "$root/usr/local/share/ca-certificates/"
  fi
}

machine_ca_bundle() {
  local file
  for file in "${SSL_CERT_FILE:-}" "${CURL_CA_BUNDLE:-}" "${NODE_EXTRA_CA_CERTS:-}" "$IMAGE_CA"; do
    if [ -n "$file" ] && [ -f "$file" ]; then
      printf '%s\n' "$file"
      return 0
    fi
  done
}

# The machine's environment variables that a package client needs, as `NAME="value"` of a Dockerfile's ENV.
environment_settings() {
  local name
  for name in NODE_EXTRA_CA_CERTS SSL_CERT_FILE PIP_CERT REQUESTS_CA_BUNDLE CURL_CA_BUNDLE GIT_SSL_CAINFO; do
    [ -z "${!name:-}" ] || env_pair "$name" "$IMAGE_CA"
  done
  for name in {http,https,no,all,HTTP,HTTPS,NO,ALL}_{proxy,PROXY} \
    PIP_{INDEX_URL,EXTRA_INDEX_URL,TRUSTED_HOST,PROXY,DEFAULT_TIMEOUT,RETRIES} \
    UV_{DEFAULT_INDEX,INDEX,INDEX_URL,EXTRA_INDEX_URL,NATIVE_TLS} \
    {npm_config,NPM_CONFIG}_{registry,REGISTRY} YARN_REGISTRY YARN_NPM_REGISTRY_SERVER COREPACK_NPM_REGISTRY; do
    [ -z "${!name:-}" ] || env_pair "$name" "${!name}"
  done
}

env_pair() {
  printf '%s="%s"\n' "$1" "$(printf '%s' "$2" | sed 's/[\\"$]/\\&/g')"
}

make_node() {
  local root="$WORK/node" node modules package
  command -v npm >/dev/null || die "$1 needs the machine's node and npm, and there is none on PATH"
  node="$(node -p process.execPath)"
  modules="$(cd / && npm root -g)"
  [ "$(node -p 'process.versions.node.split(".")[0]')" = 20 ] || log "$1 gets the machine's $(node --version)"
  mkdir -p "$root"/usr/local/{bin,etc,lib/node_modules}
  install -m 755 "$node" "$root/usr/local/bin/node"
  for package in npm corepack; do
    [ -d "$modules/$package" ] || continue
    cp -a "$modules/$package" "$root/usr/local/lib/node_modules/"
    node -p 'Object.entries(require(process.argv[1]).bin).map((entry) => entry.join(" ")).join("\n")' \
      "$modules/$package/package.json" | while read -r command file; do
      case "$command" in
        npm | npx | corepack) ln -s "../lib/node_modules/$package/$file" "$root/usr/local/bin/$command" ;;
      esac
    done
  done
  npm_settings >"$root/usr/local/etc/npmrc"
  tar -C "$root" --owner=0 --group=0 -cf "$WORK/node.tar" .
  rm -rf "$root"
  build_image "$1" node.tar <<END
FROM debian:12
ADD node.tar /
ENV NODE_VERSION=$(node -p process.versions.node)
$(corepack_settings)
RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node
RUN npm install --global $PNPM $YARN && pnpm --version && yarn --version && \
  rm -rf /root/.npm /root/.cache /root/.local /root/.config /root/.yarn* /tmp/* /tmp/.[!.]*
CMD ["node"]
END
}

# corepack reads no npm configuration. It also insists on signatures, which not every registry mirror hands on: where
# the machine's does not, corepack would refuse every package manager, so that the check is off in the image.
corepack_settings() {
  local registry="${COREPACK_NPM_REGISTRY:-$(cd / && npm config get registry)}"
  # corepack adds a slash of its own, and a registry may refuse two.
  printf 'ENV %s\n' "$(env_pair COREPACK_NPM_REGISTRY "${registry%/}")"
  if [ -z "$(cd / && npm view "$PNPM" dist.signatures)" ]; then
    echo 'ENV COREPACK_INTEGRITY_KEYS=0'
  fi
}

# npm's settings without their secrets; only what differs from npm's defaults.
npm_settings() {
  local key value
  for key in registry proxy https-proxy noproxy strict-ssl replace-registry-host fetch-retries fetch-timeout \
    maxsockets audit fund update-notifier; do
    value="$(cd / && npm config get "$key")"
    case "$value" in
      '' | null | undefined) ;;
      *) printf '%s=%s\n' "$key" "$value" ;;
    esac
  done
  value="$(cd / && npm config get cafile)"
  if [ -f "$value" ]; then
    printf 'cafile=%s\n' "$IMAGE_CA"
  fi
}

make_python() {
  pip_settings >"$WORK/pip.conf"
  # pip installs into dist-packages on Debian, and Dockerfiles copy from site-packages: both are one folder here.
  build_image "$1" pip.conf <<'END'
FROM debian:12
COPY pip.conf /etc/pip.conf
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-pip python3-venv && \
  rm -rf /var/lib/apt/lists/* /usr/lib/python3.11/EXTERNALLY-MANAGED /var/log/*.log /var/log/apt && \
  mkdir -p /usr/local/lib/python3.11/site-packages && \
  rm -rf /usr/local/lib/python3.11/dist-packages && \
  ln -s site-packages /usr/local/lib/python3.11/dist-packages && \
  for name in python python3 python3.11; do ln -s /usr/bin/python3.11 /usr/local/bin/$name; done && \
  pip --version
ENV LANG=C.UTF-8 PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1
CMD ["python3"]
END
}

# pip's settings of the machine's configuration files.
pip_settings() {
  local line key value
  echo '[global]'
  (cd / && python3 -m pip config list 2>/dev/null || true) | while IFS= read -r line; do
    key="${line%%=*}"
    value="${line#*=}"
    value="${value#\'}"
    value="${value%\'}"
    case "$key" in
      :env:*) ;;
      *.cert) printf 'cert = %s\n' "$IMAGE_CA" ;;
      *.index-url | *.extra-index-url | *.trusted-host | *.proxy | *.timeout | *.default-timeout | *.retries)
        printf '%s = %s\n' "${key##*.}" "${value//\\n/ }"
        ;;
    esac
  done
}

make_golang() {
  local goroot settings='' name value
  command -v go >/dev/null || die "$1 needs the machine's go, and there is none on PATH"
  goroot="$(cd / && go env GOROOT)"
  case "$(go env GOVERSION)" in
    go1.26*) ;;
    *) log "$1 gets the machine's $(go env GOVERSION)" ;;
  esac
  for name in GOPROXY GOSUMDB GONOSUMDB GOPRIVATE GONOPROXY GOINSECURE GOFLAGS; do
    value="$(cd / && go env "$name")"
    [ -z "$value" ] || settings+="ENV $(env_pair "$name" "$value")"$'\n'
  done
  tar -C "$goroot" --owner=0 --group=0 --transform 's,^\.,usr/local/go,' \
    --exclude=./api --exclude=./doc --exclude=./misc --exclude=./test -cf "$WORK/go.tar" .
  build_image "$1" go.tar <<END
FROM debian:12
ADD go.tar /
ENV GOLANG_VERSION=$(go env GOVERSION | sed s/^go//) GOTOOLCHAIN=local GOPATH=/go
ENV PATH=/go/bin:/usr/local/go/bin:\$PATH
${settings}RUN mkdir -p /go/src /go/bin && chmod -R 1777 /go && go version
WORKDIR /go
CMD ["bash"]
END
}

# The frontend that `# syntax=docker/dockerfile:1` names. With it the engine of Debian, whose own is of 2021,
# understands heredocs, COPY --link and what else is newer. Compiled from its Go module.
make_frontend() {
  local module="github.com/moby/buildkit@$BUILDKIT" output="$E2E_DIR/build-frontend.log"
  command -v go >/dev/null || die "$1 needs the machine's go, and there is none on PATH"
  mkdir -p "$WORK/frontend"
  (
    cd "$WORK/frontend"
    export GOMODCACHE="$WORK/gomod" GOCACHE="$WORK/gocache" CGO_ENABLED=0
    # `go install` refuses a module with exclude lines, so that it is built as a dependency of an empty one.
    go mod init frontend
    go get "${module/@//frontend/dockerfile/cmd/dockerfile-frontend@}"
    go build -trimpath -ldflags '-s -w' -o "$WORK/dockerfile-frontend" \
      "${module%@*}/frontend/dockerfile/cmd/dockerfile-frontend"
  ) >"$output" 2>&1 || {
    tail -n 30 "$output" >&2
    die "the build of the frontend failed, see $output"
  }
  rm -rf "$WORK/gomod" "$WORK/gocache"
  build_image "$1" dockerfile-frontend <<'END'
FROM scratch
COPY dockerfile-frontend /bin/dockerfile-frontend
LABEL moby.buildkit.frontend.network.none="true"
LABEL moby.buildkit.frontend.caps="moby.buildkit.frontend.inputs,moby.buildkit.frontend.subrequests,moby.buildkit.frontend.contexts"
ENTRYPOINT ["/bin/dockerfile-frontend"]
END
}

# Builds an image whose context is one file of the work folder, by the Dockerfile on standard input.
build_image() {
  local tag=$1 file=$2 context="$WORK/context" name output
  mkdir -p "$context"
  mv "$WORK/$file" "$context/"
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
  local name first tag
  export CONTAINERS_STORAGE_CONF="$E2E_DIR/storage.conf"
  for name in busybox debian node python golang; do
    first="$(tags_of "$name" | cut -d' ' -f1)"
    [ -e "$E2E_DIR/made/$name" ] || continue
    if [ "$(cat "$E2E_DIR/made/$name")" = "$(cat "$E2E_DIR/made/buildah-$name" 2>/dev/null)" ]; then
      log "$first is there for buildah"
      continue
    fi
    log "copying $first to buildah"
    "$DOCKER" save "$first" -o "$WORK/image.tar"
    skopeo copy -q "docker-archive:$WORK/image.tar" "containers-storage:localhost/$first"
    rm -f "$WORK/image.tar"
    for tag in $(tags_of "$name"); do
      buildah tag "localhost/$first" "localhost/$tag"
    done
    cp "$E2E_DIR/made/$name" "$E2E_DIR/made/buildah-$name"
  done
}

main "$@"
