exports.render = (name) => `export const name = '${name}'`
