import { words } from '../../effects/words.ts'
import type { KnownOptions } from '../shared/parse-known-options.ts'

/** https://docs.swift.org/swiftpm/documentation/packagemanagerdocs/swiftbuild */
export const OPTIONS: KnownOptions = {
  flags: words(`
    -v --verbose --very-verbose --vv -q --quiet --force-resolved-versions --only-use-versions-from-resolved-file
    --skip-update --static-swift-stdlib --no-static-swift-stdlib --show-bin-path --build-tests --netrc --netrc-optional
    --use-integrated-swift-driver --version --help -h --parallel --skip-build
  `),
  valued: words(`
    --package-path --scratch-path --build-path --cache-path --config-path --security-path --configuration -c --product
    --target -j --jobs -Xswiftc -Xcc -Xlinker -Xcxx --swift-sdk --sdk --triple --arch --sanitize --netrc-file
    --pkg-config-path --default-registry-url --traits --num-workers --filter
  `),
  prefixes: ['--enable-', '--disable-'],
}

/** Options of a build that decide what is resolved, and where to. */
export const RESOLVE_FLAGS = words(`
  --force-resolved-versions --only-use-versions-from-resolved-file --disable-automatic-resolution --disable-sandbox
  --netrc --netrc-optional
`)

export const RESOLVE_VALUED = words(`
  --package-path --scratch-path --build-path --cache-path --config-path --security-path --netrc-file
  --default-registry-url --traits
`)
