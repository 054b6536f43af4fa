import { cents } from '@shop/money'

console.log(cents(2))
