pub fn text(number: u32) -> String {
    number.to_string()
}
