# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(r-base:4.5.0 rocker/r-ver:4.5)
NEEDS=(debian13)

# R and renv of Debian. Its repository is a folder of the image, laid out as CRAN is, with packages of our own.
make() {
  write_packages >"$WORK/make-packages"
  build_image "$1" make-packages <<'END'
FROM debian:13
RUN apt-get update && apt-get install -y --no-install-recommends r-base-core r-cran-renv && \
  rm -rf /var/lib/apt/lists/* /var/log/*.log /var/log/apt
COPY make-packages /usr/local/bin/make-packages
RUN sh /usr/local/bin/make-packages /opt/cran && rm /usr/local/bin/make-packages
ENV LANG=C.UTF-8 RENV_CONFIG_REPOS_OVERRIDE=file:///opt/cran RENV_CONFIG_PPM_ENABLED=FALSE
CMD ["R"]
END
}

# make-packages DIRECTORY: two packages, of which one needs the other.
write_packages() {
  cat <<'END'
set -e
mkdir -p "$1/src/contrib"
package() {
  dir="$(mktemp -d)"
  mkdir -p "$dir/$1/R"
  printf 'Package: %s\nVersion: %s\nTitle: A Package\nDescription: A package.\nAuthor: Acme\nMaintainer: Acme <acme@example.com>\nLicense: MIT\n%b' "$1" "$2" "$3" >"$dir/$1/DESCRIPTION"
  echo 'export(text)' >"$dir/$1/NAMESPACE"
  echo "text <- function() '$1'" >"$dir/$1/R/text.R"
  (cd "$dir" && R CMD build --no-build-vignettes "$1" && mv "$1_$2.tar.gz" "$4/src/contrib/")
}
package greeting 1.0.0 '' "$1"
package polite 2.0.0 'Imports: greeting\n' "$1"
# A project that activates renv installs it, too: an installed package is a binary one when it is packed.
version="$(Rscript -e 'cat(as.character(packageVersion("renv")))')"
tar -C /usr/lib/R/site-library --sort=name --mtime=@1700000000 -czf "$1/src/contrib/renv_$version.tar.gz" renv
R -e "tools::write_PACKAGES('$1/src/contrib', type = 'source')"
END
}
