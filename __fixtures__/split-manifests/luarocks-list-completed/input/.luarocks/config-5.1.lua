rocks_servers = { "https://luarocks.org" }
