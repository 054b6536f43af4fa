#!/usr/bin/env bash
# Stops the private dockerd of the engine tests. Images and build cache stay; `--purge` removes all of it.
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh

main() {
  require_root
  if pid="$(daemon_pid)"; then
    kill -TERM "$pid"
    wait_gone "$pid" || die "dockerd (pid $pid) does not stop"
    log 'dockerd stopped'
  else
    log 'dockerd does not run'
  fi
  rm -f "$PIDFILE" "$SOCKET"
  if [ "${1:-}" = --purge ]; then
    purge
  fi
}

wait_gone() {
  local tries
  for tries in $(seq 150); do
    kill -0 "$1" 2>/dev/null || return 0
    sleep 0.2
  done
  return 1
}

purge() {
  # Mounts under the folder would make rm reach into what they show.
  awk -v dir="$E2E_DIR/" 'index($2, dir) == 1 { print $2 }' /proc/mounts | sort -r |
    while read -r mount; do umount "$mount"; done
  rm -rf "$E2E_DIR"
  log "removed $E2E_DIR"
}

main "$@"
