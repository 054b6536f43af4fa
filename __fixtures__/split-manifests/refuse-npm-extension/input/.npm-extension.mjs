import { rename } from './rename.js'

export default { readPackage: rename }
