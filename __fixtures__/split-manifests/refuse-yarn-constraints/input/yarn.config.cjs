const { versions } = require('./versions.cjs')

module.exports = { constraints: async () => versions }
