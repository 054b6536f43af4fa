def main():
    print("shop")
