package = "shop"
version = "1.0-1"
source = { url = "git+https://example.com/shop.git" }
dependencies = { "lua >= 5.1", "lapis >= 1.16" }
build = { type = "builtin", modules = { shop = "src/shop.lua" } }
