require "kemal"

VERSION = {{ `git describe --tags`.stringify }}
Kemal.run
