puts File.read("warm.txt")
