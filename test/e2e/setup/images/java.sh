# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
# Debian's JDK with its Maven, Gradle and Leiningen. The plugins that every build needs are there, so that an install
# downloads the project's own libraries and no hundreds of files besides.
TAGS=(maven:3.8-openjdk-17 gradle:4.4-jdk17 clojure:lein-2.10)
NEEDS=(debian)

make() {
  maven_settings >"$WORK/settings.xml"
  warm_up >"$WORK/pom.xml"
  build_image "$1" settings.xml pom.xml <<END
FROM debian:12
RUN mkdir -p /usr/share/man/man1 && apt-get update && \
  apt-get install -y --no-install-recommends ca-certificates-java openjdk-17-jdk-headless maven gradle leiningen git && \
  rm -rf /var/lib/apt/lists/*
COPY settings.xml /etc/maven/settings.xml
ENV JAVA_HOME=/usr/lib/jvm/java-17-openjdk-amd64 LEIN_ROOT=1
COPY pom.xml /tmp/warm/
RUN mkdir -p /tmp/warm/src/main/java && echo 'class Warm {}' >/tmp/warm/src/main/java/Warm.java && \
  mvn -B -q -f /tmp/warm package && mvn -B -q -fn -f /tmp/warm dependency:go-offline && \
  find /root/.m2 -name '*.lastUpdated' -delete && rm -rf /tmp/* /tmp/.[!.]*
CMD ["bash"]
END
}

# A project with the plugins of those of the tests.
warm_up() {
  cat <<END
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>warm</groupId>
  <artifactId>warm</artifactId>
  <version>1</version>
  <properties>
    <maven.compiler.source>17</maven.compiler.source>
    <maven.compiler.target>17</maven.compiler.target>
  </properties>
  <build>
    <plugins>
      <plugin>
        <artifactId>maven-compiler-plugin</artifactId>
        <version>3.10.1</version>
      </plugin>
    </plugins>
  </build>
</project>
END
}

# The machine's own mirrors, without its secrets.
maven_settings() {
  local file
  for file in "$HOME/.m2/settings.xml" /etc/maven/settings.xml; do
    if [ -f "$file" ] && ! grep -qiE '<(password|passphrase|privateKey)>[^<]*[^<[:space:]]' <(sed '/<!--/,/-->/d' "$file"); then
      cat "$file"
      return 0
    fi
  done
  echo '<settings/>'
}
