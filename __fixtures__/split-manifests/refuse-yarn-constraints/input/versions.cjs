exports.versions = {}
