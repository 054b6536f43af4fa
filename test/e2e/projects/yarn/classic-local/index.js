const isNumber = require('is-number')
const { cents } = require('@shop/money')

console.log(isNumber(cents(2)))
