include!(concat!(env!("OUT_DIR"), "/greeting.rs"));

fn main() {
    println!("{} {}", GREETING.trim(), itoa::Buffer::new().format(42));
}
