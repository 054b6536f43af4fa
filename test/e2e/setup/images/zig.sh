# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(zig:0.14)
NEEDS=(python)

# Zig of its Python package, with packages of our own in its global cache: what is there by its hash is not downloaded.
make() {
  write_packages >"$WORK/make-packages"
  build_image "$1" make-packages <<'END'
FROM python:3.11-slim
RUN pip install --no-cache-dir --quiet ziglang==0.14.1 && \
  ln -s /usr/local/lib/python3.11/site-packages/ziglang/zig /usr/local/bin/zig && zig version
COPY make-packages /usr/local/bin/make-packages
RUN sh /usr/local/bin/make-packages && rm /usr/local/bin/make-packages && ls /root/.cache/zig/p
END
}

write_packages() {
  cat <<'END'
set -e
package() {
  dir="$(mktemp -d)/$1"
  mkdir -p "$dir/src"
  cd "$dir"
  echo "pub const text = \"$1\";" >"src/$1.zig"
  cat >build.zig <<ZIG
const std = @import("std");

pub fn build(b: *std.Build) void {
    _ = b.addModule("$1", .{ .root_source_file = b.path("src/$1.zig") });
}
ZIG
  cat >build.zig.zon <<ZON
.{
    .name = .$1,
    .version = "1.0.0",
    .fingerprint = $2,
    .paths = .{ "build.zig", "build.zig.zon", "src" },
}
ZON
  zig fetch "$dir"
}
package greeting 0x46e3a4abefb60550
package polite 0xe1ffddcf1f35de7e
END
}
