# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(nimlang/nim:1.6 nimlang/nim:1.6.10)
NEEDS=(debian)

# Nim and Nimble of Debian. The list of packages, also where Nimble would download it anew, names repositories of the image
# with packages of our own.
make() {
  write_packages >"$WORK/make-packages"
  build_image "$1" make-packages <<'END'
FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends git nim && \
  rm -rf /var/lib/apt/lists/* /var/log/*.log /var/log/apt
COPY make-packages /usr/local/bin/make-packages
RUN sh /usr/local/bin/make-packages /opt/packages && rm /usr/local/bin/make-packages && nimble --version
CMD ["nim"]
END
}

# make-packages DIRECTORY: two packages, of which one needs the other, and the list that names them.
write_packages() {
  cat <<'END'
set -e
mkdir -p "$1" /root/.nimble
git config --system safe.directory '*'
git config --system protocol.file.allow always
package() {
  mkdir -p "$4/$1/src"
  cd "$4/$1"
  echo "const text* = \"$1\"" >"src/$1.nim"
  printf 'version = "%s"\nauthor = "acme"\ndescription = "A package"\nlicense = "MIT"\nsrcDir = "src"\n%s\n' "$2" "$3" >"$1.nimble"
  git init -q
  git add -A
  GIT_COMMITTER_DATE='2024-01-02 03:04:05Z' git -c user.name=acme -c user.email=acme@example.com commit -q -m all --date '2024-01-02 03:04:05Z'
  git tag "v$2"
}
package greeting 1.0.0 '' "$1"
package polite 2.0.0 'requires "greeting >= 1.0.0"' "$1"
entry() {
  printf '{"name": "%s", "url": "file://%s/%s", "method": "git", "tags": [], "description": "A package", "license": "MIT"}' "$1" "$2" "$1"
}
printf '[%s, %s]\n' "$(entry greeting "$1")" "$(entry polite "$1")" >"$1/packages.json"
cp "$1/packages.json" /root/.nimble/packages_official.json
mkdir -p /root/.config/nimble
printf '[PackageList]\nname = "official"\npath = "%s/packages.json"\n' "$1" >/root/.config/nimble/nimble.ini
END
}
