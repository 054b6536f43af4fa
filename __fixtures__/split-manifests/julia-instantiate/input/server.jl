using HTTP

HTTP.serve(request -> "ok", "0.0.0.0", 8080)
