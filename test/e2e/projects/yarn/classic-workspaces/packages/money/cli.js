#!/usr/bin/env node
const { cents } = require('./index.js')

console.log(cents(Number(process.argv[2] ?? 1)))
