import { five } from '@/five.js'
import isNumber from 'is-number'

console.log(isNumber(five))
