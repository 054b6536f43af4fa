name := "shop"
crossPaths := false
autoScalaLibrary := false
libraryDependencies += "commons-codec" % "commons-codec" % "1.15"
