local polite = require("polite")

print(polite.text)
