# shellcheck shell=bash
# shellcheck disable=SC2034 # Read by images.sh.
# sbt by its launcher from Maven's repository. What every sbt downloads first (itself, its Scala compiler) is there.
TAGS=(sbtscala/scala-sbt:17_1.10.7)
NEEDS=(java)
SBT=1.10.7

make() {
  build_image "$1" <<END
FROM maven:3.8-openjdk-17
RUN mvn -B -q dependency:copy -Dartifact=org.scala-sbt:sbt-launch:$SBT -DoutputDirectory=/opt/sbt && \\
  printf '#!/bin/sh\\nexec java \$SBT_OPTS -jar /opt/sbt/sbt-launch-$SBT.jar "\$@"\\n' >/usr/local/bin/sbt && \\
  chmod 755 /usr/local/bin/sbt && rm -rf /tmp/*
RUN mkdir -p /tmp/warm/project && cd /tmp/warm && echo sbt.version=$SBT >project/build.properties && \\
  printf 'crossPaths := false\\nautoScalaLibrary := false\\n' >build.sbt && echo 'class Warm {}' >Warm.java && \\
  sbt package && rm -rf /tmp/* /tmp/.[!.]*
END
}
