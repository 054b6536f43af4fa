# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
# Leiningen wants an nREPL for development, from a registry that not every machine reaches: empty archives stand in for it.
TAGS=(clojure:lein clojure:temurin-17-lein)
NEEDS=(java)

make() {
  build_image "$1" <<END
FROM clojure:lein-2.10
RUN mkdir -p /tmp/empty && jar cf /tmp/empty.jar -C /tmp/empty . && \\
  mvn -B -q install:install-file -Dfile=/tmp/empty.jar -Dpackaging=jar -DgroupId=nrepl -DartifactId=nrepl -Dversion=1.0.0 && \\
  mvn -B -q install:install-file -Dfile=/tmp/empty.jar -Dpackaging=jar -DgroupId=org.nrepl -DartifactId=incomplete \\
    -Dversion=0.1.0 && \\
  rm -rf /tmp/*
CMD ["bash"]
END
}
