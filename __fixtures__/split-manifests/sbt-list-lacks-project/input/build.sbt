ThisBuild / scalaVersion := "2.13.14"

lazy val prices = project

lazy val server = project
  .dependsOn(prices)
  .settings(libraryDependencies += "commons-codec" % "commons-codec" % "1.15")
