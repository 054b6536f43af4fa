# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(crystallang/crystal:1.14 crystallang/crystal:1.14-alpine)
NEEDS=(debian13)

# Crystal and shards of Debian. A setting of git leads GitHub's addresses to repositories of the image.
make() {
  write_shards >"$WORK/make-shards"
  build_image "$1" make-shards <<'END'
FROM debian:13
RUN apt-get update && apt-get install -y --no-install-recommends crystal git shards && \
  rm -rf /var/lib/apt/lists/* /var/log/*.log /var/log/apt
COPY make-shards /usr/local/bin/make-shards
RUN sh /usr/local/bin/make-shards /opt/shards && rm /usr/local/bin/make-shards && shards --version
CMD ["crystal"]
END
}

# make-shards DIRECTORY: two shards, of which one needs the other.
write_shards() {
  cat <<'END'
set -e
git config --system safe.directory '*'
git config --system "url.file://$1/.insteadOf" https://github.com/acme/
shard() {
  mkdir -p "$4/$1.git/src"
  cd "$4/$1.git"
  echo "module $(echo "$1" | sed 's/./\U&/')
  TEXT = \"$1\"
end" >"src/$1.cr"
  printf 'name: %s\nversion: %s\n%b' "$1" "$2" "$3" >shard.yml
  git init -q
  git add -A
  GIT_COMMITTER_DATE='2024-01-02 03:04:05Z' git -c user.name=acme -c user.email=acme@example.com commit -q -m all --date '2024-01-02 03:04:05Z'
  git tag "v$2"
}
shard greeting 1.0.0 '' "$1"
shard polite 2.0.0 'dependencies:\n  greeting:\n    github: acme/greeting\n' "$1"
END
}
