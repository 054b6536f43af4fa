import Vapor

let app = try Application()
try app.run()
