require "kemal"

get("/") { "ok" }
Kemal.run
