const { WebSocketServer } = require('ws')

new WebSocketServer({ port: 8080 })
