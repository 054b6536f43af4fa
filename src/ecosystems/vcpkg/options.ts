import { words } from '../../effects/words.ts'
import type { KnownOptions } from '../shared/parse-known-options.ts'

/** https://learn.microsoft.com/vcpkg/commands/install and https://learn.microsoft.com/vcpkg/commands/common-options */
export const OPTIONS: KnownOptions = {
  flags: words(`
    --allow-unsupported --clean-after-build --clean-buildtrees-after-build --clean-downloads-after-build
    --clean-packages-after-build --debug --debug-env --disable-metrics --dry-run --editable --enforce-port-checks
    --keep-going --no-binarycaching --no-downloads --no-print-usage --only-binarycaching --only-downloads --recurse
    --x-abi-tools-use-exact-versions --x-all-installed --x-no-default-features --x-prohibit-backcompat-features
    --x-wait-for-lock -disableMetrics -musl -useSystemBinaries -skipDependencyChecks
  `),
  valued: words(`
    --binarysource --downloads-root --host-triplet --overlay-ports --overlay-triplets --triplet --vcpkg-root
    --x-asset-sources --x-buildtrees-root --x-feature --x-install-root --x-manifest-root --x-packages-root --x-xunit
    --feature-flags --x-write-nuget-packages-config
  `),
}
