import { words } from '../../effects/words.ts'
import type { KnownOptions } from '../shared/parse-known-options.ts'

/** https://docs.haskellstack.org/en/stable/configure/global_flags/ */
export const OPTIONS: KnownOptions = {
  flags: words(`
    --only-dependencies --dependencies-only --only-snapshot --only-locals --test --no-test --no-run-tests --bench
    --no-bench --no-run-benchmarks --haddock --no-haddock --fast --pedantic --system-ghc --no-system-ghc --install-ghc
    --no-install-ghc --allow-different-user --no-terminal --terminal --copy-bins --no-copy-bins --no-nix --no-docker
    --skip-ghc-check --no-interleaved-output --interleaved-output --dump-logs --keep-going --reinstall --force-dirty
    --silent --verbose -v --version --help --numeric-version --split-objs --profile --library-profiling
    --executable-profiling --no-strip --prefetch --color --no-haddock-deps
  `),
  valued: words(`
    --stack-yaml --resolver --snapshot --stack-root --work-dir --local-bin-path -j --jobs --flag --ghc-options
    --extra-include-dirs --extra-lib-dirs --arch --verbosity --compiler --ghc-variant --color --ta --setup-info-yaml
  `),
}
