#!/usr/bin/env bash
# Sets up a Docker engine with its images and runs the engine tests on it. Arguments go to vitest.
# Tests whose tools this machine lacks are skipped, and named at the end.
set -euo pipefail
cd "$(dirname "$0")/../.."

main() {
  need_machine
  bash test/e2e/setup/engine.sh
  # shellcheck disable=SC1091 # Written by engine.sh.
  . "${DOCKERFIX_E2E_DIR:-/var/tmp/dockerfix-e2e}/env.sh"
  bash test/e2e/setup/images.sh
  MISSING="${DOCKERFIX_E2E_DIR:-/var/tmp/dockerfix-e2e}/missing"
  DOCKERFIX_E2E_MISSING="$(cut -d' ' -f1 "$MISSING" | tr '\n' ' ')"
  export DOCKERFIX_E2E_MISSING
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

report_skipped() {
  [ ! -s "$MISSING" ] || sed 's/^\([^ ]*\) /skipped: what needs the image \1: /' "$MISSING"
}

main "$@"
