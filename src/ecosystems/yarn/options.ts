import type { OptionTable } from '../shared/parse-options.ts'

/** Options of Yarn 1 (https://classic.yarnpkg.com/en/docs/cli/) and of the later `yarn install`. */
export const OPTIONS: OptionTable = {
  booleans: new Set(
    [
      'audit check-files emoji flat focus force frozen-lockfile har help ignore-engines ignore-optional ignore-platform',
      'ignore-scripts json link-duplicates non-interactive offline prefer-offline prod production pure-lockfile',
      'silent skip-integrity-check strict-semver update-checksums verbose version progress lockfile bin-links',
      'default-rc node-version-check',
      'immutable immutable-cache check-cache check-resolutions refresh-lockfile inline-builds all latest exact',
    ]
      .join(' ')
      .split(' '),
  ),
  valued: new Set(
    [
      'cwd modules-folder cache-folder preferred-cache-folder network-timeout network-concurrency mutex registry',
      'use-yarnrc global-folder link-folder prefix proxy https-proxy otp scripts-prepend-node-path mode',
    ]
      .join(' ')
      .split(' '),
  ),
  shorts: { '-s': 'silent', '-v': 'version', '-h': 'help', '--prod': 'production', '-A': 'all' },
}
