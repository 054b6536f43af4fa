# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(rust:1 rust:1-bookworm rust:1-slim rust:1-slim-bookworm)
NEEDS=(debian)

lacks() {
  command -v rustc >/dev/null && command -v cargo >/dev/null || echo 'there is no rustc and cargo on PATH'
}

# The machine's toolchain without rustup, at the places of the published image; its settings, without their secrets.
make() {
  local root="$WORK/rust" sysroot name
  sysroot="$(cd / && rustc --print sysroot)"
  mkdir -p "$root/usr/local/cargo" "$root/usr/local/bin"
  tar -C "$sysroot" --exclude=./share --exclude='./lib/rustlib/src' \
    --exclude=./bin/clippy-driver --exclude='./bin/rust-*' --exclude='./bin/rustdoc' \
    -cf - . | tar -C "$root/usr/local" -xf -
  for name in config.toml config; do
    if [ -f "${CARGO_HOME:-$HOME/.cargo}/$name" ]; then
      grep -viE '^[[:space:]]*(token|secret|password|credential)' "${CARGO_HOME:-$HOME/.cargo}/$name" \
        >"$root/usr/local/cargo/$name" || true
    fi
  done
  tar -C "$root" --owner=0 --group=0 -cf "$WORK/rust.tar" .
  rm -rf "$root"
  build_image "$1" rust.tar <<END
FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev git ca-certificates && \
  rm -rf /var/lib/apt/lists/*
ADD rust.tar /
ENV RUST_VERSION=$(cd / && rustc --version | cut -d' ' -f2) CARGO_HOME=/usr/local/cargo
ENV PATH=/usr/local/cargo/bin:\$PATH
RUN cargo --version && rm -rf /tmp/*
CMD ["bash"]
END
}
