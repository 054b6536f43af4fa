ThisBuild / version := IO.read(file("VERSION")).trim
