#!/usr/bin/env bash
# Sets up a Docker engine with its images and runs the engine tests on it. Arguments go to vitest.
# A suite whose tools are missing is skipped, and named at the end.
set -euo pipefail
cd "$(dirname "$0")/../.."

SKIPPED=()

main() {
  need_machine
  bash test/e2e/setup/engine.sh
  # shellcheck disable=SC1091 # Written by engine.sh.
  . "${DOCKERFIX_E2E_DIR:-/var/tmp/dockerfix-e2e}/env.sh"
  make_images busybox debian node python
  if command -v go >/dev/null; then
    make_images golang
  else
    skip golang 'the rewrite of a Go module' 'there is no go on PATH for its image'
  fi
  # The tests run the program as it is installed.
  npm run --silent build

  local status=0
  npx vitest run --config vitest.e2e.config.ts "$@" || status=$?
  report_skipped
  return "$status"
}

need_machine() {
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo 'The engine tests need root and Debian or Ubuntu: they install the docker.io package and start a dockerd of their own.' >&2
    exit 2
  fi
}

make_images() {
  bash test/e2e/setup/images.sh "$@"
}

# IMAGE SUITE REASON
skip() {
  export DOCKERFIX_E2E_MISSING="${DOCKERFIX_E2E_MISSING:+$DOCKERFIX_E2E_MISSING }$1"
  SKIPPED+=("skipped: $2: $3")
}

report_skipped() {
  [ ${#SKIPPED[@]} -eq 0 ] || printf '%s\n' "${SKIPPED[@]}"
}

main "$@"
