use std::{env, fs, path::Path};

fn main() {
    println!("cargo:rerun-if-changed=greeting.txt");
    let greeting = fs::read_to_string("greeting.txt").unwrap();
    let out = Path::new(&env::var("OUT_DIR").unwrap()).join("greeting.rs");
    fs::write(out, format!("pub const GREETING: &str = {greeting:?};")).unwrap();
}
