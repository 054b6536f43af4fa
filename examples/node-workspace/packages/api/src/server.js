import { createServer } from 'node:http'
import ms from 'ms'

createServer((request, response) => response.end(`up for ${ms(process.uptime() * 1000)}\n`)).listen(8080)
