variables = { SHOP_DIR = "/usr" }
