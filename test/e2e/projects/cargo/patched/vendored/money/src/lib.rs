pub fn coins(text: String) -> String {
    text + " coins"
}
