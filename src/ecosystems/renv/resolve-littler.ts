import { parseKnownOptions, type KnownOptions } from '../shared/parse-known-options.ts'
import { words } from '../../effects/words.ts'
import type { Command, Effect, ImageFiles } from '../../model/types.ts'

const OPTIONS: KnownOptions = {
  flags: words('-e --error -s --skipinstalled -q --quiet -m --method -i'),
  valued: words('-l --libloc -d --deps -r --repos -n --ncpus -t --type -u --update -h --help'),
}

/** `install2.r NAME`: packages by name. https://dirk.eddelbuettel.com/code/littler.examples.html */
export function resolveLittler(command: Command, files: ImageFiles): Effect {
  const options = parseKnownOptions(command.args, OPTIONS)
  if (options === undefined || options.operands.some((name) => /^[./~]|\.(?:tar\.gz|tgz|zip)$/.test(name))) {
    return { known: false }
  }
  // Without a name it installs the package in the directory.
  if (options.operands.length === 0 || options.values.has('-l') || options.values.has('--libloc'))
    return { known: false }
  files.kind(`${command.home}/.Rprofile`)
  return { known: true, role: 'tool', writes: [{ system: true }], env: 'all-but-stamps' }
}
