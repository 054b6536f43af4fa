# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(golang:1.26 golang:1.26-bookworm)
NEEDS=(debian)

lacks() {
  command -v go >/dev/null || echo 'there is no go on PATH'
}

make() {
  local goroot settings='' name value
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
