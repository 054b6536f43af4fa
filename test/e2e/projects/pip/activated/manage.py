import sys

import itsdangerous

print(sys.prefix, itsdangerous.Signer("key").sign("shop"))
