import { words } from '../../effects/words.ts'
import type { OptionTable } from '../shared/parse-options.ts'

/** https://bun.com/docs/pm/cli/install */
export const OPTIONS: OptionTable = {
  booleans: new Set(
    words(`
    yarn production save dry-run frozen-lockfile force cache silent quiet verbose progress summary verify offline
    prefer-offline ignore-scripts trust global save-text-lockfile lockfile-only dev development optional peer
    save-prod exact analyze only-missing use-system-ca use-openssl-ca use-bundled-ca help version revision bun
  `),
  ),
  valued: new Set(
    words(`
    config ca cafile cache-dir cwd env-file backend registry concurrent-scripts network-concurrency omit linker
    minimum-release-age minimum-release-age-excludes cpu os libc filter catalog
  `),
  ),
  shorts: {
    '-c': 'config',
    '-y': 'yarn',
    '-p': 'production',
    '--prod': 'production',
    '-f': 'force',
    '-g': 'global',
    '-h': 'help',
    '-v': 'version',
    '-d': 'dev',
    '-D': 'dev',
    '-E': 'exact',
    '-F': 'filter',
    '-a': 'analyze',
    '-b': 'bun',
  },
}
