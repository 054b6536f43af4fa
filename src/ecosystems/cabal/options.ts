import { words } from '../../effects/words.ts'
import type { KnownOptions } from '../shared/parse-known-options.ts'

export const JOBS = ['-j', '--jobs'] as const

/** https://cabal.readthedocs.io/en/stable/cabal-commands.html#cabal-v2-build */
export const OPTIONS: KnownOptions = {
  flags: words(`
    --only-dependencies --dependencies-only --enable-tests --disable-tests --enable-benchmarks --disable-benchmarks
    --enable-optimization --disable-optimization --enable-profiling --disable-profiling --enable-static
    --disable-static --enable-executable-static --disable-executable-static --enable-executable-stripping
    --disable-executable-stripping --enable-library-stripping --disable-library-stripping --enable-split-sections
    --disable-split-sections --enable-shared --disable-shared --enable-documentation --disable-documentation
    --enable-executable-dynamic --disable-executable-dynamic --enable-library-profiling --disable-library-profiling
    --keep-going --prefer-oldest --offline -O -O0 -O1 -O2 -v -v0 -v1 -v2 -v3 -j --jobs --ghc --allow-newer --allow-older
    --version --help -h -V --ignore-project -z
  `),
  valued: words(`
    --project-file --project-dir --builddir --store-dir --with-compiler -w --with-hc-pkg --flags -f --constraint -c
    --ghc-options --ghc-option --index-state --optimization --verbose --max-backjumps --preference --package-env
    --haddock-options --cabal-file --project-file --active-repositories --config-file --write-ghc-environment-files
    --reorder-goals --strong-flags --solver --semaphore --jobs --distdir --with-gcc --with-ld
  `),
  prefixes: ['-j', '--jobs='],
}
