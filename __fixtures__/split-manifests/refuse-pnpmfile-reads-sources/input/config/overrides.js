module.exports = (manifest) => manifest
