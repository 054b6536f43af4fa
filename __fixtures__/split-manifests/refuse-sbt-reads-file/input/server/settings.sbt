name := "server"
