#!/usr/bin/env bash
# Stops the private dockerd of the engine tests. Images and build cache stay; `--purge` removes all of it.
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh

main() {
  require_root
  local pid
  if pid="$(daemon_pid)"; then
    kill -TERM "$pid"
    wait_gone "$pid" || die "dockerd (pid $pid) does not stop"
    log 'dockerd stopped'
  else
    log 'dockerd does not run'
  fi
  # What a killed daemon leaves of containerd, be it only the pid file, keeps the next daemon from starting.
  if pid="$(containerd_pid)"; then
    kill -KILL "$pid"
    wait_gone "$pid" || die "containerd (pid $pid) does not stop"
    log 'orphaned containerd stopped'
  fi
  rm -f "$PIDFILE" "$SOCKET" "$E2E_DIR/exec/containerd/containerd.pid"
  if [ "${1:-}" = --purge ]; then
    purge
  fi
}

wait_gone() {
  for _ in $(seq 150); do
    # A process that ended but was not waited for still has its number, yet no command line.
    grep -qa . "/proc/$1/cmdline" 2>/dev/null || return 0
    sleep 0.2
  done
  return 1
}

purge() {
  [ -e "$E2E_DIR/env.sh" ] || die "$E2E_DIR was not made by engine.sh, nothing is removed"
  # Mounts under the folder would make rm reach into what they show.
  awk -v dir="$E2E_DIR/" 'index($2, dir) == 1 { print $2 }' /proc/mounts | sort -r |
    while read -r mount; do umount "$mount"; done
  rm -rf "$E2E_DIR"
  log "removed $E2E_DIR"
}

main "$@"
