#!/usr/bin/env node
const fs = require('fs')

fs.mkdirSync('dist', { recursive: true })
fs.copyFileSync(process.argv[2], `dist/${process.argv[2]}`)
