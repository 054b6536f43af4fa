import { words } from '../../effects/words.ts'
import type { KnownOptions } from '../shared/parse-known-options.ts'

/** https://crystal-lang.org/reference/man/shards/ */
export const OPTIONS: KnownOptions = {
  flags: words(`
    --production --frozen --without-development --skip-postinstall --skip-executables --local --no-color --verbose -v
    --quiet -q --version --help -h --ignore-crystal-version
  `),
  valued: ['--jobs', '-j'],
}

/** Options of `shards build` that decide what is installed. */
export const INSTALL_FLAGS = words(
  '--production --frozen --without-development --skip-postinstall --skip-executables --local',
)
