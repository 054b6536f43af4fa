require "kemal"
require "cart"

Kemal.run
