import type { OptionTable } from '../shared/parse-options.ts'

/** https://docs.npmjs.com/cli/using-npm/config and its shorthands. */
export const OPTIONS: OptionTable = {
  booleans: new Set(
    [
      'all audit bin-links commit-hooks dev dry-run engine-strict force foreground-scripts format-package-lock fund',
      'global global-style help if-present ignore-scripts include-workspace-root install-links json legacy-bundling',
      'legacy-peer-deps link local long offline omit-lockfile-registry-resolved optional package-lock',
      'package-lock-only parseable porcelain prefer-dedupe prefer-offline prefer-online prod production progress',
      'quiet readonly rebuild-bundle save save-bundle save-dev save-exact save-optional save-peer save-prod shrinkwrap',
      'silent strict-peer-deps strict-ssl timing unicode unsafe-perm update-notifier usage verbose version versions',
      'workspaces workspaces-update yes d dd ddd',
    ]
      .join(' ')
      .split(' '),
  ),
  valued: new Set(
    [
      'prefix omit include only also loglevel cache userconfig globalconfig registry workspace install-strategy location',
      'fetch-retries fetch-retry-factor fetch-retry-mintimeout fetch-retry-maxtimeout fetch-timeout maxsockets before',
      'tag cpu os libc script-shell node-options cafile https-proxy proxy noproxy lockfile-version depth scope otp',
      'auth-type python target arch platform network-timeout network-concurrency timeout color logs-dir logs-max',
      'cache-min cache-max min-release-age',
    ]
      .join(' ')
      .split(' '),
  ),
  shorts: {
    '-v': 'version',
    '-g': 'global',
    '-s': 'silent',
    '-q': 'quiet',
    '-f': 'force',
    '-C': 'prefix',
    '-h': 'help',

    '-D': 'save-dev',
    '-E': 'save-exact',
    '-O': 'save-optional',
    '-P': 'save-prod',
    '-S': 'save',
    '-L': 'location',

    '-B': 'save-bundle',
    '-w': 'workspace',
    '-ws': 'workspaces',
    '-iwr': 'include-workspace-root',
    '-y': 'yes',
    '-l': 'long',
    '-p': 'parseable',
    '--prod': 'production',
  },
}
