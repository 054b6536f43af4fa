import money

TOTAL = money.RATE
