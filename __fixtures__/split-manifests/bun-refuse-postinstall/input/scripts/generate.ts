await Bun.write("generated.txt", await Bun.file("server.ts").text())
