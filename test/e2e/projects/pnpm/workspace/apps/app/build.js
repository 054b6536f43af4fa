const fs = require('fs')

fs.mkdirSync('dist', { recursive: true })
fs.writeFileSync('dist/index.js', `console.log('${require('lib').hours(2)}')\n`)
