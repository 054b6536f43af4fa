const ms = require('ms')
const isNumber = require('is-number')

console.log(ms('2 days'), isNumber(5))
