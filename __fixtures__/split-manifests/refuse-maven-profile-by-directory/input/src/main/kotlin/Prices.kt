class Prices
