fn main() {
    println!("{} {}", company::name(), itoa::Buffer::new().format(42));
}
