fn main() {
    println!("{}", prices::price(42));
}
