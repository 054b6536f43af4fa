version = "1.0.0"
author = "acme"
description = "A shop"
license = "MIT"
srcDir = "src"
bin = @["shop"]

requires "nim >= 1.6"
requires "polite >= 2.0.0"
when defined(windows):
  requires "greeting >= 1.0.0"
