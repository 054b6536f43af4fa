ThisBuild / crossPaths := false
ThisBuild / autoScalaLibrary := false

lazy val prices = project

lazy val server = project.dependsOn(prices)
