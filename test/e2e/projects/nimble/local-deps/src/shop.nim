import polite

echo polite.text
