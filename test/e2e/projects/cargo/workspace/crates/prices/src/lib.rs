pub fn price(cents: u32) -> String {
    itoa::Buffer::new().format(cents).to_owned()
}
