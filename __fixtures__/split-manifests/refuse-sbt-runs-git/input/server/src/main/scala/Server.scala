object Server extends App
