using HTTP

HTTP.serve(_ -> HTTP.Response("ok"))
