package = "shop"
version = "1.0-1"
source = { url = "git+https://github.com/shop/shop" }
dependencies = { "lua >= 5.1", "lapis >= 1.9" }
build = { type = "builtin", modules = { shop = "src/shop.lua" } }
