#!/usr/bin/env node
console.log(require('./index.js').cents(1))
