import money
import tax

print(money.RATE + tax.RATE)
