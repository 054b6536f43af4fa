# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(composer:2 php:8.2-cli)
NEEDS=(debian)

# PHP and Composer of Debian with the home of the published image. Its registry is a folder of the image with archives
# of our own, so that nothing is downloaded.
make() {
  write_packages >"$WORK/make-packages"
  build_image "$1" make-packages <<'END'
FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends composer php-cli php-zip unzip zip git patch && \
  rm -rf /var/lib/apt/lists/* /var/log/*.log /var/log/apt
ENV COMPOSER_ALLOW_SUPERUSER=1 COMPOSER_HOME=/tmp COMPOSER_MAX_PARALLEL_HTTP=24
COPY make-packages /usr/local/bin/make-packages
RUN sh /usr/local/bin/make-packages /opt/registry && rm /usr/local/bin/make-packages && \
  composer config --global repo.packagist false && \
  composer config --global repositories.local '{"type": "artifact", "url": "/opt/registry"}' && composer --version
CMD ["composer"]
END
}

# make-packages DIRECTORY: archives of packages, one of them a plugin that says what it sees.
write_packages() {
  cat <<'END'
set -e
mkdir -p "$1"
package() {
  dir="$(mktemp -d)"
  mkdir -p "$dir/src"
  cat >"$dir/composer.json"
  printf '<?php\nnamespace Acme\\%s;\n\nfinal class Package\n{\n    public const VERSION = "%s";\n}\n' "$2" "$3" >"$dir/src/Package.php"
  find "$dir" -exec touch -d '2024-01-02 03:04:06 UTC' {} +
  (cd "$dir" && zip -qrX "$4/$1-$3.zip" composer.json src)
  rm -rf "$dir"
}
package greeting Greeting 1.0.0 "$1" <<'JSON'
{"name": "acme/greeting", "version": "1.0.0", "autoload": {"psr-4": {"Acme\\Greeting\\": "src/"}}}
JSON
package polite Polite 2.0.0 "$1" <<'JSON'
{"name": "acme/polite", "version": "2.0.0", "require": {"acme/greeting": "^1.0"}, "autoload": {"psr-4": {"Acme\\Polite\\": "src/"}}}
JSON
END
}
