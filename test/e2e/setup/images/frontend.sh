# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(docker/dockerfile:{1,1.4,1.5,1.6,1.7,1.20,latest})
ON_REQUEST=1
BUILDKIT=v0.26.3

lacks() {
  command -v go >/dev/null || echo 'there is no go on PATH'
}

# The frontend that `# syntax=docker/dockerfile:1` names. With it the engine of Debian, whose own is of 2021,
# understands heredocs, COPY --link and what else is newer. Compiled from its Go module.
make() {
  local module="github.com/moby/buildkit@$BUILDKIT" output="$E2E_DIR/build-frontend.log"
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
