# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(debian:13 debian:trixie debian:trixie-slim debian:13-slim)
NEEDS=(debian)

make() {
  build_image "$1" <<'END'
FROM debian:12
RUN sed -i 's/bookworm/trixie/' /etc/apt/sources.list.d/debian.sources && apt-get update && \
  apt-get dist-upgrade -y --no-install-recommends && apt-get autoremove -y && \
  rm -rf /var/lib/apt/lists/* /var/log/*.log /var/log/apt
CMD ["bash"]
END
}
