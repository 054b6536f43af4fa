# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(ruby:3.1 ruby:3.1-slim)
NEEDS=(debian)

# Ruby and Bundler of Debian with the settings of the published image. Its registry is a folder of the image, to which
# Bundler is led by a mirror setting: gems of our own, so that nothing is downloaded.
make() {
  write_gem >"$WORK/make-gem"
  build_image "$1" make-gem <<'END'
FROM debian:12
RUN apt-get update && apt-get install -y --no-install-recommends ruby ruby-bundler git && \
  rm -rf /var/lib/apt/lists/* /var/log/*.log /var/log/apt
COPY make-gem /usr/local/bin/make-gem
RUN mkdir -p /opt/registry/gems && cd /opt/registry/gems && \
  sh /usr/local/bin/make-gem greeting 1.0.0 && sh /usr/local/bin/make-gem greeting 1.1.0 && \
  sh /usr/local/bin/make-gem polite 2.0.0 greeting && \
  gem generate_index --directory /opt/registry && rm /usr/local/bin/make-gem
ENV LANG=C.UTF-8 GEM_HOME=/usr/local/bundle BUNDLE_SILENCE_ROOT_WARNING=1 BUNDLE_APP_CONFIG=/usr/local/bundle
ENV PATH=/usr/local/bundle/bin:$PATH
RUN mkdir -p "$GEM_HOME" && chmod 1777 "$GEM_HOME" && \
  bundle config set --global mirror.https://rubygems.org file:///opt/registry && bundle --version
CMD ["irb"]
END
}

# make-gem NAME VERSION [DEPENDENCY]: a gem with a library and a program.
write_gem() {
  cat <<'END'
set -e
dir="$(mktemp -d)"
mkdir -p "$dir/lib" "$dir/exe"
echo "module $(echo "$1" | sed 's/./\U&/')
  VERSION = '$2'
end" >"$dir/lib/$1.rb"
printf "#!/usr/bin/env ruby\nrequire '%s'\nputs '%s'\n" "$1" "$1" >"$dir/exe/$1"
chmod 755 "$dir/exe/$1"
cat >"$dir/$1.gemspec" <<SPEC
Gem::Specification.new do |spec|
  spec.name = '$1'
  spec.version = '$2'
  spec.summary = 'The $1 gem.'
  spec.authors = ['dockerfix']
  spec.files = ['lib/$1.rb', 'exe/$1']
  spec.bindir = 'exe'
  spec.executables = ['$1']
  ${3:+spec.add_dependency '$3'}
end
SPEC
out="$PWD"
(cd "$dir" && SOURCE_DATE_EPOCH=1700000000 gem build --quiet "$1.gemspec" --output "$out/$1-$2.gem")
rm -rf "$dir"
END
}
