exports.format = (cents) => `${cents / 100} EUR`
