object Prices
