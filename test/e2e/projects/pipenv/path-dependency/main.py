import money

print(money.RATE)
