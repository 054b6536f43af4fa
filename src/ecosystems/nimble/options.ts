import { words } from '../../effects/words.ts'
import type { KnownOptions } from '../shared/parse-known-options.ts'

/** https://nim-lang.github.io/nimble/ */
export const OPTIONS: KnownOptions = {
  flags: words(`
    -d --depsOnly --depsonly -y --accept -n --reject -l --localdeps -g --global --verbose --silent --debug --info
    --noColor --nocolor --noSSLCheck --noLockFile --useSystemNim --offline --legacy --version -v --help -h --parser
  `),
  valued: [],
  prefixes: ['--nim:', '--solver:', '--passNim:', '-p:', '--nimbleDir:', '--nimbledir:', '--lockFile:'],
}
