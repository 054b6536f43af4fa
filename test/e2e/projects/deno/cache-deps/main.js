import { isNumber } from './deps.js'

console.log(isNumber(5))
