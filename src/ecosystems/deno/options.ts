import { words } from '../../effects/words.ts'
import type { KnownOptions } from '../shared/parse-known-options.ts'

/** https://docs.deno.com/runtime/reference/cli/install/ */
export const OPTIONS: KnownOptions = {
  flags: words(`
    --frozen --frozen-lockfile --quiet -q --reload -r --no-lock --lock-write --no-check --check --no-remote --no-npm
    --node-modules-dir --vendor --cached-only --allow-scripts --entrypoint -e --global -g --force -f --dev -D --prod
    --skip-types --no-save --no-config --unsafely-ignore-certificate-errors --no-prompt --lockfile-only --compile
    --npm --jsr --save-exact --package-json --version -V --help -h -A -R -W -N -E -S -I --env-file
  `),
  valued: words(`
    --name -n --root --config -c --lock --import-map --cert --location --seed --log-level -L --v8-flags --os --arch
    --node-modules-linker --min-dep-age --minimum-dependency-age --conditions
  `),
  prefixes: ['--unstable', '--allow-', '--deny-'],
}
