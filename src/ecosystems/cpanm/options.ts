import { words } from '../../effects/words.ts'
import type { KnownOptions } from '../shared/parse-known-options.ts'

/** https://metacpan.org/dist/App-cpanminus/view/bin/cpanm#OPTIONS */
export const CPANM: KnownOptions = {
  flags: words(`
    --installdeps -n --notest -q --quiet -v --verbose -f --force -S --sudo --with-develop --with-recommends
    --with-suggests --without-recommends --without-suggests --no-man-pages --skip-satisfied --skip-installed
    --no-skip-satisfied --reinstall --no-interactive --interactive --mirror-only --no-lwp --no-wget --no-curl
    --auto-cleanup --verify --cascade-search --metacpan --no-metacpan --version -V --help -h --pp --pureperl
    --uninst-shadows --no-uninst-shadows --lwp --wget --curl --with-configure --with-test --with-all-features --showdeps
    --self-contained --exclude-vendor
  `),
  valued: words(`
    --local-lib -l --local-lib-contained -L --mirror --from --cpanfile --configure-timeout --build-timeout
    --test-timeout --cleanup --auto-cleanup --with-feature --without-feature --perl -p --save-dists --prompt
  `),
  prefixes: ['--with-feature=', '--without-feature='],
}

/** https://metacpan.org/dist/App-cpm/view/script/cpm */
export const CPM: KnownOptions = {
  flags: words(`
    -g --global -v --verbose --test --no-test --man-pages --with-requires --without-requires --with-recommends
    --without-recommends --with-suggests --without-suggests --with-configure --with-build --with-test --with-runtime
    --with-develop --without-build --without-test --without-develop --without-configure --without-runtime
    --show-build-log-on-failure --retry --no-retry --prebuilt --no-prebuilt --color --no-color --mirror-only --dev
    --pureperl-only --pp --static-install --no-static-install --version --help -h --reinstall --no-reinstall
    --exclude-vendor --home
  `),
  valued: words(`
    -w --workers -L --local-lib-contained --cpanfile --snapshot --mirror -r --resolver --cpmfile --metafile
    --configure-timeout --build-timeout --test-timeout --home --feature --cache --log-level --target-perl
  `),
}
