# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(perl:5.36 perl:5.36-bookworm perl:5.36-slim)
NEEDS=(debian)

# cpanm and Carton of Debian. Their mirror is a folder of the image, laid out as CPAN is, with distributions of our own.
make() {
  write_mirror >"$WORK/make-mirror"
  build_image "$1" make-mirror <<'END'
FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends carton cpanminus make perl && \
  rm -rf /var/lib/apt/lists/* /var/log/*.log /var/log/apt
COPY make-mirror /usr/local/bin/make-mirror
RUN sh /usr/local/bin/make-mirror /opt/cpan && rm /usr/local/bin/make-mirror && cpanm --version && carton version
ENV PERL_CPANM_OPT="--mirror file:///opt/cpan --mirror-only" PERL_CARTON_MIRROR=file:///opt/cpan
CMD ["perl"]
END
}

# make-mirror DIRECTORY: two modules, of which one needs the other.
write_mirror() {
  cat <<'END'
set -e
mkdir -p "$1/authors/id/A/AC/ACME" "$1/modules"
distribution() {
  dir="$(mktemp -d)/$1-$2"
  mkdir -p "$dir/lib"
  printf "package $1;\nour \$VERSION = '$2';\nsub text { '$1' }\n1;\n" >"$dir/lib/$1.pm"
  printf "use ExtUtils::MakeMaker;\nWriteMakefile(NAME => '$1', VERSION_FROM => 'lib/$1.pm', PREREQ_PM => { $3 });\n" >"$dir/Makefile.PL"
  tar -C "$dir/.." --sort=name --mtime=@1700000000 --owner=0 --group=0 -czf "$4/authors/id/A/AC/ACME/$1-$2.tar.gz" "$1-$2"
}
distribution Greeting 1.0 '' "$1"
distribution Polite 2.0 "'Greeting' => '1.0'" "$1"
{
  printf 'File: 02packages.details.txt\nColumns: package name, version, path\nLine-Count: 2\n\n'
  printf 'Greeting 1.0 A/AC/ACME/Greeting-1.0.tar.gz\nPolite 2.0 A/AC/ACME/Polite-2.0.tar.gz\n'
} | gzip -n >"$1/modules/02packages.details.txt.gz"
END
}
