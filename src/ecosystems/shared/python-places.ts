import { toPath } from '../../effects/targets.ts'
import { baseName, isSystemPath, isWithin, joinPath, parentPath } from '../../model/paths.ts'
import type { Argument, Command, WriteEffect } from '../../model/types.ts'

/**
 * The interpreter's packages: of the system, of the user, or of the virtual environments that are active; `own` is the
 * one whose program is called. `undefined` when that cannot be known.
 */
export function pythonPlaces(command: Command, own?: string): readonly WriteEffect[] | undefined {
  const active = activeEnvironments(command, own)
  if (active === undefined) return undefined
  return [
    { system: true },
    { tree: joinPath(command.home, '.local'), mode: 'merge' },
    ...active.map((path) => toTree(command, path)),
  ]
}

/** Environments named by the program's path, by VIRTUAL_ENV, or that stand before the system's programs on PATH. */
export function activeEnvironments(command: Command, own?: string): readonly string[] | undefined {
  const found = new Set<string>(own === undefined ? [] : [own])
  const active = command.env.get('VIRTUAL_ENV')
  if (active !== undefined && active !== '') found.add(joinPath(command.cwd, active))
  if (active === undefined && command.env.has('VIRTUAL_ENV')) return undefined
  for (const entry of (command.env.get('PATH') ?? '').split(':')) {
    if (!entry.startsWith('/')) continue
    const bin = joinPath('/', entry)
    if (bin === '/usr/local/bin' || bin === '/usr/bin' || bin === '/bin') break
    if (baseName(bin) === 'bin' && !isSystemPath(bin)) found.add(parentPath(bin))
  }
  return [...found]
}

/** An output inside the project must be kept out of the context, where a stray copy of it would be copied over it. */
export function toTree(command: Command, tree: string, mode: 'merge' | 'replace' = 'merge'): WriteEffect {
  const inside = tree !== command.cwd && isWithin(tree, command.cwd) && command.cwd !== '/'
  return { tree, mode, ...(inside ? { ignore: `**/${baseName(tree)}` } : {}) }
}

/** Known paths, or `undefined` when one of them is not known. */
export function pathsOf(command: Command, args: readonly Argument[]): readonly string[] | undefined {
  const paths = args.map((argument) => toPath(command, argument))
  return paths.every((path) => path !== undefined) ? paths : undefined
}
