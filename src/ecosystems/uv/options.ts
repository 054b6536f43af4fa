import { parseOptions, type Options } from '../../effects/options.ts'
import { words } from '../../effects/words.ts'
import type { Argument } from '../../model/types.ts'

/** Options with a value that every command takes. https://docs.astral.sh/uv/reference/cli/ */
const GLOBAL_VALUED = words(`
  --color --allow-insecure-host --directory --project --config-file --cache-dir -p --python --index
  --default-index -i --index-url --extra-index-url -f --find-links --index-strategy --keyring-provider
  --resolution --prerelease --prerelease-package --fork-strategy --exclude-newer --exclude-newer-package
  --no-sources-package --reinstall-package --refresh-package --link-mode -C --config-setting
  --config-settings --config-settings-package --no-build-isolation-package --python-preference
  --preview-features --cert
`)

const SYNC_VALUED = words(`
  --extra --no-extra --group --no-group --only-group --no-editable-package --no-install-package
  --package --no-build-package --no-binary-package -o --output-file --format --no-emit-package --prune --prompt
`)

const PIP_VALUED = words(`
  -r --requirement --requirements -e --editable -c --constraint --constraints --override --overrides
  --excludes -b --build-constraint --build-constraints --extra --group -t --target --prefix --no-binary
  --only-binary --python-version --python-platform --torch-backend --no-editable-package
`)

const FLAGS = new Set(
  words(`
  --all-extras --no-dev --only-dev --dev --no-default-groups --all-groups --no-editable --inexact --exact
  --active --no-install-project --no-install-workspace --no-install-local --locked --frozen
  --all-packages --no-index --reinstall --force-reinstall --compile-bytecode --compile
  --no-compile-bytecode --no-compile --no-build-isolation --no-build --no-binary -n --no-cache
  --no-cache-dir --refresh --managed-python --no-managed-python --no-python-downloads -q --quiet -v
  --verbose --native-tls --system-certs --offline --no-progress --no-config --no-sources --preview
  --no-preview --system --break-system-packages --no-break-system-packages --no-deps --require-hashes
  --verify-hashes --no-verify-hashes --strict -U --upgrade --user --pre --no-hashes --no-header
  --no-annotate --no-emit-project --no-emit-workspace --no-emit-local --seed --clear -c
  --allow-existing --relocatable --no-project --default --force --allow-empty-requirements
`),
)

/** The options and words of a uv command; `undefined` when one of the options is not known. */
export function parseUvOptions(args: readonly Argument[], pip: boolean): Options | undefined {
  const valued = [...GLOBAL_VALUED, ...(pip ? PIP_VALUED : SYNC_VALUED)]
  const options = parseOptions(args, valued)
  const known = [...options.flags].every((flag) => FLAGS.has(flag))
  return known && [...options.values.keys()].every((name) => valued.includes(name)) ? options : undefined
}

/** Whether a variable of uv is switched on. */
export function isOn(value: Argument): boolean {
  return value !== undefined && !/^(|0|n|f|no|off|false)$/i.test(value)
}
