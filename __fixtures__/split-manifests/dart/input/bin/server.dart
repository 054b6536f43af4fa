void main() => print("shop");
