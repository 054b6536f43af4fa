console.log(require('ms')('1 hour'))
