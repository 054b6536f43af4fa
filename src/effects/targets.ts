import { BASE_WORKDIR, isWithin, joinPath, parentPath } from '../model/paths.ts'
import type { Argument, Command, WriteEffect } from '../model/types.ts'

/** A path operand: one path, or for a glob the directory below which its matches lie. */
export interface Target {
  readonly path: string
  /** True for a glob: what is meant lies somewhere below `path`. */
  readonly spread: boolean
  /** Spelled so that it can only be a directory: `x/`, `.`, `x/.`. */
  readonly directory: boolean
}

/** Where a path operand points; `undefined` when that cannot be known. */
export function toTarget(command: Command, argument: Argument): Target | undefined {
  if (argument === undefined || argument === '') return undefined
  const expanded = argument.replace(/^~(?=\/|$)/, command.home)
  if (expanded.startsWith('~')) return undefined
  const glob = expanded.search(/[*?[{]/)
  const fixed = glob < 0 ? expanded : expanded.slice(0, expanded.lastIndexOf('/', glob) + 1)
  const path = joinPath(command.cwd, fixed === '' ? '.' : fixed)
  // `..` of a directory that only the base image names leads to nowhere that is known.
  if (isWithin(command.cwd, BASE_WORKDIR) && !fixed.startsWith('/') && !isWithin(path, BASE_WORKDIR))
    return undefined
  return { path, spread: glob >= 0, directory: glob < 0 && /(^|\/)\.{0,2}$/.test(expanded) }
}

/** All operands, or `undefined` when one of them cannot be known. */
export function toTargets(command: Command, args: readonly Argument[]): readonly Target[] | undefined {
  const targets = args.map((argument) => toTarget(command, argument))
  return targets.every((target) => target !== undefined) ? targets : undefined
}

/** A single path; `undefined` for what is not known and for globs. */
export function toPath(command: Command, argument: Argument): string | undefined {
  const target = toTarget(command, argument)
  return target === undefined || target.spread ? undefined : target.path
}

/** A write of one path, or of everything below a glob's directory. */
export function toWrite({ path, spread }: Target): WriteEffect {
  return spread ? { tree: path, mode: 'merge' } : { path }
}

/** A write of everything at and below a path. */
export function toTreeWrite({ path }: Target): WriteEffect {
  return { tree: path, mode: 'merge' }
}

/** `path` and the directories above it, up to the root. */
export function upwards(path: string): readonly string[] {
  return path === '/' ? ['/'] : [path, ...upwards(parentPath(path))]
}
