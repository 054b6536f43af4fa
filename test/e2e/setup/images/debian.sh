# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(debian:12 debian:bookworm debian:bookworm-slim debian:12-slim)

make() {
  local root="$WORK/debian" suite=bookworm mirror changes=() setting
  apt_ensure debootstrap debian-archive-keyring
  apt_update
  mirror="$(apt_sources | awk -v suite="$suite" '$2 == suite && $3 == "main" { print $1; exit }')"
  [ -n "$mirror" ] || die "apt has no source for Debian $suite"
  debootstrap --variant=minbase --include=strace "$suite" "$root" "$mirror" >"$E2E_DIR/debootstrap.log" 2>&1 ||
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
