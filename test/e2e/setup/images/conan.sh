# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
TAGS=(conanio/conan:2)
NEEDS=(python)

# Conan of its registry, with packages of our own in its cache and no remote.
make() {
  write_recipes >"$WORK/make-recipes"
  build_image "$1" make-recipes <<'END'
FROM python:3.11-slim
RUN pip install --no-cache-dir --quiet conan==2.34.0
COPY make-recipes /usr/local/bin/make-recipes
RUN sh /usr/local/bin/make-recipes && rm /usr/local/bin/make-recipes && conan list '*:*'
END
}

# A profile, and two libraries of headers, of which one needs the other.
write_recipes() {
  cat <<'END'
set -e
mkdir -p /root/.conan2/profiles
printf '[settings]\nos=Linux\narch=x86_64\nbuild_type=Release\ncompiler=gcc\ncompiler.version=12\ncompiler.libcxx=libstdc++11\ncompiler.cppstd=gnu17\n' >/root/.conan2/profiles/default
conan remote remove conancenter
recipe() {
  dir="$(mktemp -d)"
  echo "#pragma once" >"$dir/$1.h"
  cat >"$dir/conanfile.py" <<PY
from conan import ConanFile
from conan.tools.files import copy


class Recipe(ConanFile):
    name = "$1"
    version = "$2"
    package_type = "header-library"
    exports_sources = "*.h"
    requires = ($3)

    def package(self):
        copy(self, "*.h", self.source_folder, self.package_folder + "/include")

    def package_id(self):
        self.info.clear()
PY
  conan create "$dir"
}
recipe greeting 1.0 ''
recipe polite 2.0 '"greeting/1.0",'
END
}
