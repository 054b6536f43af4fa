console.log('ready')
require('./pages.js')
