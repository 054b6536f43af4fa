# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(node:20 node:20-slim node:20-bookworm node:20-bookworm-slim)
NEEDS=(debian)
PNPM='pnpm@10.34.9'
YARN='yarn@1.22.22'

make() {
  local root="$WORK/node" node modules package
  command -v npm >/dev/null || die "$1 needs the machine's node and npm, and there is none on PATH"
  node="$(node -p process.execPath)"
  modules="$(cd / && npm root -g)"
  [ "$(node -p 'process.versions.node.split(".")[0]')" = 20 ] || log "$1 gets the machine's $(node --version)"
  mkdir -p "$root"/usr/local/{bin,etc,lib/node_modules}
  install -m 755 "$node" "$root/usr/local/bin/node"
  for package in npm corepack; do
    [ -d "$modules/$package" ] || continue
    cp -a "$modules/$package" "$root/usr/local/lib/node_modules/"
    node -p 'Object.entries(require(process.argv[1]).bin).map((entry) => entry.join(" ")).join("\n")' \
      "$modules/$package/package.json" | while read -r command file; do
      case "$command" in
        npm | npx | corepack) ln -s "../lib/node_modules/$package/$file" "$root/usr/local/bin/$command" ;;
      esac
    done
  done
  npm_settings >"$root/usr/local/etc/npmrc"
  tar -C "$root" --owner=0 --group=0 -cf "$WORK/node.tar" .
  rm -rf "$root"
  build_image "$1" node.tar <<END
FROM debian:12
ADD node.tar /
ENV NODE_VERSION=$(node -p process.versions.node)
$(corepack_settings)
RUN groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node
RUN npm install --global $PNPM $YARN && pnpm --version && yarn --version && \
  rm -rf /root/.npm /root/.cache /root/.local /root/.config /root/.yarn* /tmp/* /tmp/.[!.]*
CMD ["node"]
END
}

# corepack reads no npm configuration. It also insists on signatures, which not every registry mirror hands on: where
# the machine's does not, corepack would refuse every package manager, so that the check is off in the image.
corepack_settings() {
  local registry="${COREPACK_NPM_REGISTRY:-$(cd / && npm config get registry)}"
  # corepack adds a slash of its own, and a registry may refuse two.
  printf 'ENV %s\n' "$(env_pair COREPACK_NPM_REGISTRY "${registry%/}")"
  if [ -z "$(cd / && npm view "$PNPM" dist.signatures)" ]; then
    echo 'ENV COREPACK_INTEGRITY_KEYS=0'
  fi
}

# npm's settings without their secrets; only what differs from npm's defaults.
npm_settings() {
  local key value
  for key in registry proxy https-proxy noproxy strict-ssl replace-registry-host fetch-retries fetch-timeout \
    maxsockets audit fund update-notifier; do
    value="$(cd / && npm config get "$key")"
    case "$value" in
      '' | null | undefined) ;;
      *) printf '%s=%s\n' "$key" "$value" ;;
    esac
  done
  value="$(cd / && npm config get cafile)"
  if [ -f "$value" ]; then
    printf 'cafile=%s\n' "$IMAGE_CA"
  fi
}
