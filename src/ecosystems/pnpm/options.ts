import type { OptionTable } from '../shared/parse-options.ts'

/** https://pnpm.io/cli/install and https://pnpm.io/pnpm-cli */
export const OPTIONS: OptionTable = {
  booleans: new Set(
    [
      'aggregate-output color dangerously-allow-all-builds dev fail-if-no-match fix-lockfile force frozen-lockfile global',
      'help hoist ignore-pnpmfile ignore-scripts ignore-workspace lockfile lockfile-only merge-git-branch-lockfiles',
      'offline optional prefer-frozen-lockfile prefer-offline production recursive resolution-only save save-dev',
      'save-exact save-optional save-peer save-prod shamefully-hoist side-effects-cache silent stream',
      'strict-peer-dependencies unsafe-perm use-running-store-server verify-store-integrity version workspace-root',
      'include-workspace-root use-stderr yes link-workspace-packages shared-workspace-lockfile dry-run',
    ]
      .join(' ')
      .split(' '),
  ),
  valued: new Set(
    [
      'dir filter filter-prod reporter loglevel store-dir virtual-store-dir modules-dir lockfile-dir network-concurrency',
      'child-concurrency workspace-concurrency package-import-method public-hoist-pattern hoist-pattern node-linker',
      'registry fetch-retries fetch-retry-factor fetch-retry-mintimeout fetch-retry-maxtimeout fetch-timeout cpu os libc',
      'use-node-version changed-files-ignore-pattern test-pattern cache-dir state-dir userconfig tag trust-policy',
      'global-dir global-bin-dir allow-build',
    ]
      .join(' ')
      .split(' '),
  ),
  shorts: {
    '-C': 'dir',
    '--prefix': 'dir',
    '-F': 'filter',
    '-r': 'recursive',
    '-w': 'workspace-root',
    '-g': 'global',

    '-P': 'production',
    '--prod': 'production',
    '-D': 'dev',
    '-s': 'silent',
    '-v': 'version',
    '-h': 'help',
    '-E': 'save-exact',
    '-O': 'save-optional',
    '--only': 'only',
    '-y': 'yes',
  },
}
