switch("d", "ssl")
