switch("path", "src")
