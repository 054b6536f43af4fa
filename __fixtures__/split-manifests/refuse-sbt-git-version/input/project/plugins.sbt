addSbtPlugin("com.github.sbt" % "sbt-git" % "2.1.0")
