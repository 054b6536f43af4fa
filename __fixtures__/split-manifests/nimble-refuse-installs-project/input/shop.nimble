version = "0.1.0"
author = "shop"
description = "A shop"
license = "MIT"
srcDir = "src"
bin = @["shop"]

requires "nim >= 2.0.0"
requires "jester >= 0.6.0"

task assets, "Compiles the assets":
  exec "sass style.scss public/style.css"
