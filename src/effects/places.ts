import { toPath } from './targets.ts'
import type { Command, WriteEffect } from '../model/types.ts'

/** Where a variable says, or at the given places when it is not set; `undefined` when its value is not known. */
export function places(
  command: Command,
  variable: string,
  defaults: readonly string[],
): readonly string[] | undefined {
  if (!command.env.has(variable)) return defaults
  const path = toPath(command, command.env.get(variable))
  return path === undefined ? undefined : [path]
}

/** Writes somewhere below each of the paths. */
export function merges(paths: readonly string[]): readonly WriteEffect[] {
  return paths.map((tree) => ({ tree, mode: 'merge' }))
}
