package = "shop"
version = "1.0-1"
source = { url = "git+https://example.com/shop" }
dependencies = { "lua >= 5.1", "polite >= 2.0" }
build = { type = "builtin", modules = { shop = "src/shop.lua" } }
