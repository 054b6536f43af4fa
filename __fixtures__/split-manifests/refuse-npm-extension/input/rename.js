export const rename = (manifest) => manifest
