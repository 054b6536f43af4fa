require('node:fs').readFileSync('fonts.json')
