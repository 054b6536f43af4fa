import itsdangerous

print(itsdangerous.Signer("key").sign("shop"))
