const fs = require('fs')
const ms = require('ms')

fs.mkdirSync('dist', { recursive: true })
fs.writeFileSync('dist/index.js', `const day = ${ms('1 day')}\n${fs.readFileSync('src/index.js', 'utf8')}`)
