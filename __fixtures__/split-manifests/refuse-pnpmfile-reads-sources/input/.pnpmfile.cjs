const overrides = require('./config/overrides')
module.exports = { hooks: { readPackage: (manifest) => overrides(manifest) } }
