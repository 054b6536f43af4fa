version = staticExec("git describe --tags")
author = "shop"
description = "Opens the shop"
license = "MIT"
srcDir = "src"
bin = @["shop"]

requires "nim >= 1.6"
requires "jester >= 0.5.0"
