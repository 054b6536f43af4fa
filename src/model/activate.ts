import { resolveWord } from '../dockerfile/shell.ts'
import { joinPath, parentPath } from './paths.ts'
import { lookup, type Shell } from './shell-state.ts'
import type { SimpleCommand } from '../dockerfile/shell-types.ts'
import type { Argument, ImageFiles } from './types.ts'
import type { Walk } from './unit.ts'

/** conda's script of that name runs those of its packages. */
const OTHER = /conda|mamba|forge/i

/**
 * Executes `. DIR/bin/activate` of a virtual environment that an earlier command made: the script sets two variables
 * that programs see. False for every other command. https://docs.python.org/3/library/venv.html#how-venvs-work
 */
export function applyActivation(
  walk: Walk,
  { words, assignments, redirects, scripts }: SimpleCommand,
  shell: Shell,
): boolean {
  const [dot, script, ...others] = words
  if ((dot?.raw !== '.' && dot?.raw !== 'source') || script === undefined || others.length > 0) return false
  if (assignments.length + redirects.length + scripts.length > 0 || shell.lost !== undefined) return false
  const find = (name: string): Argument => lookup(shell, walk.start, name)
  const value = resolveWord(script, find)
  if (value === undefined || script.hasGlob || script.tilde || !value.endsWith('/bin/activate')) return false
  const path = joinPath(shell.cwd, value)
  if (OTHER.test(path) || walk.isMade?.(path) !== true) return false
  const dir = parentPath(parentPath(path))
  const rest = find('PATH')
  shell.exports.set('VIRTUAL_ENV', dir)
  shell.exports.set('PATH', rest === undefined ? undefined : `${dir}/bin:${rest}`)
  return true
}

/** A command behind an activation needs the script, which the environment was made with. */
export function lookAtActivation(exports: ReadonlyMap<string, Argument>, files: ImageFiles): void {
  const dir = exports.get('VIRTUAL_ENV')
  if (dir?.startsWith('/')) files.kind(joinPath(dir, 'bin/activate'))
}
