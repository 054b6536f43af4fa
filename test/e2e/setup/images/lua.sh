# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(lua:5.1 openresty/openresty:bookworm-fat)
NEEDS=(debian)

# LuaRocks of Debian. Its server is a folder of the image with rocks of our own.
make() {
  write_rocks >"$WORK/make-rocks"
  build_image "$1" make-rocks <<'END'
FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends lua5.1 luarocks unzip zip && \
  rm -rf /var/lib/apt/lists/* /var/log/*.log /var/log/apt
COPY make-rocks /usr/local/bin/make-rocks
RUN sh /usr/local/bin/make-rocks /opt/rocks && rm /usr/local/bin/make-rocks && mkdir -p /etc/luarocks && \
  echo 'rocks_servers = { "/opt/rocks" }' >/etc/luarocks/config-5.1.lua && rm -rf /root/.cache && luarocks --version
CMD ["lua5.1"]
END
}

# make-rocks DIRECTORY: two rocks, of which one needs the other.
write_rocks() {
  cat <<'END'
set -e
mkdir -p "$1"
rock() {
  dir="$(mktemp -d)"
  cd "$dir"
  echo "return { text = '$1' }" >"$1.lua"
  cat >"$1-$2.rockspec" <<SPEC
package = "$1"
version = "$2"
source = { url = "git+https://example.com/$1" }
dependencies = { $3 }
build = { type = "builtin", modules = { ["$1"] = "$1.lua" } }
SPEC
  luarocks make --deps-mode=none --tree="$dir/tree" "$1-$2.rockspec"
  luarocks pack --tree="$dir/tree" "$1" "$2"
  mv "$1-$2.all.rock" "$4/"
}
rock greeting 1.0-1 '' "$1"
rock polite 2.0-1 '"greeting >= 1.0"' "$1"
luarocks-admin make-manifest "$1"
END
}
