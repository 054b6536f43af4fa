# shellcheck shell=bash
# Shared by the set-up scripts of the engine tests; sourced, never run.
# Everything that the scripts make stands under one folder, so that removing it removes the set-up.

E2E_DIR="${DOCKERFIX_E2E_DIR:-/var/tmp/dockerfix-e2e}"
DOCKER=/usr/bin/docker
SOCKET="$E2E_DIR/docker.sock"
PIDFILE="$E2E_DIR/docker.pid"
APT_GET=(apt-get -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)

export DEBIAN_FRONTEND=noninteractive
export DOCKER_HOST="unix://$SOCKET"
export DOCKER_CONFIG="$E2E_DIR/docker-config"
unset DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH

log() {
  printf '%4ds %s: %s\n' "$SECONDS" "$(basename "$0")" "$*" >&2
}

die() {
  log "$*"
  exit 1
}

require_root() {
  [ "$(id -u)" = 0 ] || die "run this as root"
}

# Refreshes apt's lists, once a run of a script.
apt_update() {
  [ -z "${apt_updated:-}" ] || return 0
  log 'apt-get update'
  "${APT_GET[@]}" update -qq >&2
  apt_updated=1
}

# Installs those of the named packages that are missing.
apt_ensure() {
  local package missing=()
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
      missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  apt_update
  log "installing ${missing[*]}"
  # The packages' own start scripts would bring up a second daemon on a machine that runs an init system.
  local policy=/usr/sbin/policy-rc.d made_policy=
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    made_policy=1
  fi
  local status=0
  "${APT_GET[@]}" install -y -qq --no-install-recommends "${missing[@]}" \
    >>"$E2E_DIR/apt.log" 2>&1 || status=$?
  [ -z "$made_policy" ] || rm -f "$policy"
  [ "$status" = 0 ] || die "apt-get install failed, see $E2E_DIR/apt.log"
}

# Prints the pid of the private daemon, and fails when it does not run.
daemon_pid() {
  pid_of "$PIDFILE" "--pidfile=$PIDFILE"
}

# The same of the containerd that the daemon starts, which outlives a killed daemon.
containerd_pid() {
  pid_of "$E2E_DIR/exec/containerd/containerd.pid" "$E2E_DIR/exec/containerd/containerd.toml"
}

# Prints the pid in a file if the process has that argument: the file outlives a killed process, whose number can
# belong to another program by then.
pid_of() {
  local file=$1 argument=$2 pid
  pid="$(cat "$file" 2>/dev/null)" || return 1
  [ -n "$pid" ] && [ -r "/proc/$pid/cmdline" ] || return 1
  tr '\0' '\n' <"/proc/$pid/cmdline" | grep -qxF -- "$argument" || return 1
  printf '%s\n' "$pid"
}

daemon_answers() {
  timeout 10 "$DOCKER" version --format '{{.Server.Version}}' >/dev/null 2>&1
}
