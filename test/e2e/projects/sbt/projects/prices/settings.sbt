libraryDependencies += "commons-codec" % "commons-codec" % "1.15"
