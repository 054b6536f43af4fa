local lapis = require("lapis")
return lapis.Application()
