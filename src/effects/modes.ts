import { hasOption, optionValues, parseOptions } from './options.ts'
import { toTargets, toTreeWrite, toWrite } from './targets.ts'
import { OPAQUE, toEffect } from './work.ts'
import type { Argument, Command, Effect, ImageFiles, Resolve } from '../model/types.ts'

/** Modes and owners: they hold for what is there now, so everything that they touch is read too. */
export const modes: Readonly<Record<string, Resolve>> = {
  chmod: (command, files) => resolveModes(command, files, () => false),
  chown: (command, files) => resolveModes(command, files, namesUser),
  chgrp: (command, files) => resolveModes(command, files, namesUser),
}

function resolveModes(command: Command, files: ImageFiles, usesNames: (owner: Argument) => boolean): Effect {
  // `chmod -x file` takes a mode that looks like an option.
  const args = command.args.map((argument) =>
    command.name === 'chmod' && argument !== undefined && /^-[rwxXst]+$/.test(argument)
      ? `a${argument}`
      : argument,
  )
  const options = parseOptions(args, ['--reference', '--from'])
  const model = hasOption(options, '--reference')
  const [first, ...rest] = options.operands
  const targets = toTargets(command, model ? options.operands : rest)
  const models = toTargets(command, optionValues(options, '--reference'))
  if (targets === undefined || models === undefined || targets.length === 0) return OPAQUE
  const recursive = hasOption(options, '-R', '--recursive')
  const whole = targets.filter((target) => recursive || target.spread)
  const single = targets.filter((target) => !recursive && !target.spread)
  return toEffect(files, {
    role: 'files',
    looks: [...single, ...models].map((target) => target.path),
    reads: whole.map((target) => target.path),
    writes: [...single.map(toWrite), ...whole.map(toTreeWrite)],
    system: (!model && usesNames(first)) || optionValues(options, '--from').some(namesUser),
  })
}

/** Whether an owner must be looked up in the user database. */
export function namesUser(owner: Argument): boolean {
  return owner === undefined || !/^(root|\d+)?([:.](root|\d+)?)?$/.test(owner)
}
