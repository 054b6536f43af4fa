import scala.sys.process._

ThisBuild / scalaVersion := "2.13.14"
ThisBuild / version := "git describe --tags".!!.trim
