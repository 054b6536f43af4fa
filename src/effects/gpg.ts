import { joinPath } from '../model/paths.ts'
import { hasOption, optionValues, parseOptions } from './options.ts'
import { toTargets, toTreeWrite, toWrite } from './targets.ts'
import { OPAQUE, toEffect } from './work.ts'
import { words } from './words.ts'
import type { Command, Effect, ImageFiles } from '../model/types.ts'

const GPG_VALUED = words(`
  -o --output --keyserver --recv-keys --recv-key --homedir --keyring --keyserver-options --export
  --fingerprint --no-default-keyring-x --status-fd --pinentry-mode --trust-model
`)

/** Keys are kept in the user's home, or where GNUPGHOME says. */
export function resolveGpg(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, GPG_VALUED)
  const known = ['--dearmor', '--import', '--recv-keys', '--recv-key', '--verify', '--version', '--export']
  const gnupg = command.env.has('GNUPGHOME') ? command.env.get('GNUPGHOME') : joinPath(command.home, '.gnupg')
  const homes = hasOption(options, '--homedir') ? optionValues(options, '--homedir') : [gnupg]
  // The keys that `--recv-keys` names are no files.
  const receives = hasOption(options, '--recv-keys', '--recv-key')
  const inputs = toTargets(command, receives ? [] : options.operands.filter((operand) => operand !== '-'))
  const outputs = toTargets(
    command,
    optionValues(options, '-o', '--output').filter((output) => output !== '-'),
  )
  const rings = toTargets(command, optionValues(options, '--keyring'))
  const trees = toTargets(command, homes)
  if (!hasOption(options, ...known)) return OPAQUE
  if (inputs === undefined || outputs === undefined || rings === undefined || trees === undefined)
    return OPAQUE
  return toEffect(files, {
    role: 'files',
    looks: [...inputs, ...outputs, ...rings].map((target) => target.path),
    writes: [...[...outputs, ...rings].map(toWrite), ...trees.map(toTreeWrite)],
    env: ['GNUPGHOME', 'GPG_*'],
    system: true,
  })
}
