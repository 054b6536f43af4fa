options(shop = TRUE)
