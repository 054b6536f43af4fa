# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(oven/bun:1 oven/bun:1.4 oven/bun:latest)
NEEDS=(debian)
VERSION=1.4.5

lacks() {
  case "$(uname -m)" in
    x86_64 | aarch64) ;;
    *) echo "the npm registry has no Bun for $(uname -m)" ;;
  esac
}

make() {
  local cpu=x64
  [ "$(uname -m)" = x86_64 ] || cpu=aarch64
  (cd "$WORK" && npm pack --silent "@oven/bun-linux-$cpu@$VERSION" >&2)
  mv "$WORK/oven-bun-linux-$cpu-$VERSION.tgz" "$WORK/bun.tgz"
  build_image "$1" bun.tgz <<END
FROM debian:12
ADD bun.tgz /tmp/
ENV $(env_pair NPM_CONFIG_REGISTRY "$(cd / && npm config get registry)")
RUN install -m 755 /tmp/package/bin/bun /usr/local/bin/bun && ln -s bun /usr/local/bin/bunx && rm -rf /tmp/package && \\
  bun --version
WORKDIR /home/bun/app
CMD ["bun"]
END
}
