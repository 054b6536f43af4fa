console.log(require('ms')('1 minute'), require('is-number')('x'))
