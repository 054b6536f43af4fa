fn main() {
    println!("{}", money::coins(itoa::text(42)));
}
