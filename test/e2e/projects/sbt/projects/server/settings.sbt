name := Naming.of("server")
