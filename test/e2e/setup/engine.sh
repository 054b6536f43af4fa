#!/usr/bin/env bash
# Installs Debian's Docker engine and buildah, and starts a private dockerd for the engine tests.
# It may run again at any time: what is there stays. Afterwards: `. "$DOCKERFIX_E2E_DIR/env.sh"`.
set -euo pipefail
cd "$(dirname "$0")"
. ./lib.sh

main() {
  require_root
  mkdir -p "$E2E_DIR" "$DOCKER_CONFIG"
  exec 9>"$E2E_DIR/engine.lock"
  flock 9
  apt_ensure docker.io debootstrap iptables buildah skopeo ca-certificates curl git jq
  if daemon_pid >/dev/null && daemon_answers; then
    log "dockerd already answers on $SOCKET"
  else
    start_with_any_driver
  fi
  write_env
  log "ready: . $E2E_DIR/env.sh"
}

start_with_any_driver() {
  local driver known
  known="$(cat "$E2E_DIR/storage-driver" 2>/dev/null || true)"
  # A daemon that finds images of another driver still starts, but without them: the first choice is kept.
  for driver in ${known:-${DOCKERFIX_E2E_DRIVER:-overlay2 fuse-overlayfs vfs}}; do
    if [ "$driver" = fuse-overlayfs ]; then
      apt_ensure fuse-overlayfs
    fi
    if start_daemon "$driver"; then
      printf '%s\n' "$driver" >"$E2E_DIR/storage-driver"
      return 0
    fi
    log "dockerd does not start with $driver"
  done
  tail -n 20 "$E2E_DIR/dockerd.log" >&2
  die "dockerd does not start, see $E2E_DIR/dockerd.log"
}

start_daemon() {
  local driver=$1 pid
  ./stop.sh
  # The machine's own daemon.json can contradict these flags, and dockerd refuses to start then.
  # By default the builder forgets what is beyond 2 GB, and tests would find steps run again that were cached.
  echo '{ "builder": { "gc": { "enabled": true, "defaultKeepStorage": "30GB" } } }' >"$E2E_DIR/daemon.json"
  mount_cgroups
  log "starting dockerd with $driver"
  # No bridge and no firewall rules: builds use the host's network, and the machine's own network stays as it is.
  setsid nohup /usr/sbin/dockerd \
    --config-file="$E2E_DIR/daemon.json" \
    --host="$DOCKER_HOST" \
    --pidfile="$PIDFILE" \
    --data-root="$E2E_DIR/data" \
    --exec-root="$E2E_DIR/exec" \
    --containerd-namespace=dockerfix-e2e \
    --containerd-plugins-namespace=dockerfix-e2e-plugins \
    --storage-driver="$driver" \
    --bridge=none \
    --iptables=false \
    --ip6tables=false \
    >>"$E2E_DIR/dockerd.log" 2>&1 </dev/null 9>&- &
  pid=$!
  for _ in $(seq 300); do
    if daemon_answers; then
      return 0
    fi
    # setsid does not fork here, so that the pid is the daemon's.
    kill -0 "$pid" 2>/dev/null || return 1
    sleep 0.2
  done
  kill "$pid" 2>/dev/null || true
  return 1
}

# runc needs mounted control groups, which a machine without an init system can lack.
mount_cgroups() {
  if ! grep -q ' cgroup2\? ' /proc/mounts; then
    apt_ensure cgroupfs-mount
    cgroupfs-mount
  fi
}

write_env() {
  local driver
  driver="$(cat "$E2E_DIR/storage-driver")"
  mkdir -p "$E2E_DIR/bin"
  cat >"$E2E_DIR/storage.conf" <<END
[storage]
driver = "${driver/overlay2/overlay}"
graphroot = "$E2E_DIR/buildah/data"
runroot = "$E2E_DIR/buildah/run"
END
  # Another, newer client can come first on PATH, and it refuses to build without buildx.
  ln -sfn "$DOCKER" "$E2E_DIR/bin/docker"
  cat >"$E2E_DIR/env.sh.new" <<END
export DOCKERFIX_E2E_DIR='$E2E_DIR'
export DOCKERFIX_E2E_DOCKER='$DOCKER'
export DOCKER_HOST='$DOCKER_HOST'
export DOCKER_CONFIG='$DOCKER_CONFIG'
export DOCKER_BUILDKIT=1
export BUILDKIT_PROGRESS=plain
export CONTAINERS_STORAGE_CONF='$E2E_DIR/storage.conf'
export BUILDAH_ISOLATION=chroot
unset DOCKER_CONTEXT DOCKER_TLS_VERIFY DOCKER_CERT_PATH
case ":\$PATH:" in *":$E2E_DIR/bin:"*) ;; *) export PATH="$E2E_DIR/bin:\$PATH" ;; esac
END
  mv "$E2E_DIR/env.sh.new" "$E2E_DIR/env.sh"
}

main "$@"
