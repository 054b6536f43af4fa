import { isSystemPath } from '../model/paths.ts'
import { toPath } from './targets.ts'
import { lookAtParent } from './work.ts'
import type { Argument, Command, Effect, ImageFiles } from '../model/types.ts'

const DEVICE = /^\/(dev|proc)\//

/**
 * Adds what the shell does for a command: files that `>` writes and `<` reads. What was there before counts too, because
 * `>>` keeps it and `>` keeps its mode and owner.
 */
export function addRedirections(effect: Effect, command: Command, files: ImageFiles): Effect {
  if (!effect.known || command.outputs.length + command.inputs.length === 0) return effect
  const toFiles = (args: readonly Argument[]): readonly (string | undefined)[] =>
    args
      .map((argument) => toPath(command, argument))
      .filter((path) => path === undefined || !DEVICE.test(path))
  const outputs = toFiles(command.outputs)
  const inputs = toFiles(command.inputs)
  if (!outputs.every((path) => path !== undefined) || !inputs.every((path) => path !== undefined)) {
    return { known: false, role: effect.role, reason: { code: 'unknown-argument', text: command.text } }
  }
  const writes = outputs.map((path) => ({ path }))
  for (const path of [...inputs, ...outputs]) files.kind(path)
  for (const write of writes) lookAtParent(files, write)
  const { pure = false, ...rest } = effect
  return {
    ...rest,
    role: effect.role === 'none' && outputs.length > 0 ? 'files' : effect.role,
    writes: [...effect.writes, ...writes],
    ...(pure && ![...inputs, ...outputs].some(isSystemPath) ? { pure } : {}),
  }
}
