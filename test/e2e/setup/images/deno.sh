# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(denoland/deno:2 denoland/deno:2.9.6 denoland/deno:latest)
NEEDS=(debian)
VERSION=2.9.6

lacks() {
  case "$(uname -m)" in
    x86_64 | aarch64) ;;
    *) echo "the npm registry has no Deno for $(uname -m)" ;;
  esac
}

make() {
  local cpu=x64
  [ "$(uname -m)" = x86_64 ] || cpu=arm64
  (cd "$WORK" && npm pack --silent "@deno/linux-$cpu-glibc@$VERSION" >&2)
  mv "$WORK/deno-linux-$cpu-glibc-$VERSION.tgz" "$WORK/deno.tgz"
  build_image "$1" deno.tgz <<END
FROM debian:12
ADD deno.tgz /tmp/
ENV $(env_pair NPM_CONFIG_REGISTRY "$(cd / && npm config get registry)")
ENV DENO_DIR=/deno-dir/ DENO_TLS_CA_STORE=system,mozilla DENO_NO_UPDATE_CHECK=1
RUN install -m 755 /tmp/package/deno /usr/bin/deno && rm -rf /tmp/package && mkdir -p /deno-dir && deno --version
CMD ["deno"]
END
}
