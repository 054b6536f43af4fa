const ms = require('ms')

exports.hours = (count) => ms(`${count} hours`)
