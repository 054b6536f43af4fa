import { isStandardDirectory, isWithin, joinPath } from '../model/paths.ts'
import { hasOption, optionValues, parseOptions } from './options.ts'
import { toTargets, toTreeWrite, toWrite, upwards, type Target } from './targets.ts'
import { OPAQUE, toEffect } from './work.ts'
import type { Command, Effect, ImageFiles, Resolve, WriteEffect } from '../model/types.ts'

/** Making and removing entries: mkdir, rmdir, touch, rm, truncate, mktemp. */
export const directories: Readonly<Record<string, Resolve>> = {
  mkdir: resolveMkdir,
  rmdir: (command, files) => resolveRemoval(command, files, false),
  rm: resolveRm,
  unlink: (command, files) => resolveRemoval(command, files, false),
  touch: (command, files) =>
    resolveTouch(command, files, ['-t', '-d', '-r', '--date', '--reference', '--time']),
  truncate: (command, files) => resolveTouch(command, files, ['-s', '-r', '--size', '--reference']),
  mktemp: (command, files) =>
    command.args.every((argument) => argument === '-d' || argument === '-q')
      ? toEffect(files, { role: 'files', writes: [{ tree: '/tmp', mode: 'merge' }] })
      : OPAQUE,
}

function resolveMkdir(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, ['-m', '--mode'])
  const effect = makeDirectories(command, files, options.operands, false)
  if (!effect.known || !hasOption(options, '-p', '--parents') || hasOption(options, '-m', '--mode'))
    return effect
  return {
    ...effect,
    writes: effect.writes.map((write) => ('path' in write ? { ...write, directory: true } : write)),
  }
}

/** What a directory gets depends on which of its parents exist already. */
export function makeDirectories(
  command: Command,
  files: ImageFiles,
  operands: Command['args'],
  system: boolean,
): Effect {
  const targets = toTargets(command, operands)
  if (targets === undefined) return OPAQUE
  const looks = targets.flatMap((target) => upwards(target.path)).filter((path) => !isStandardDirectory(path))
  return toEffect(files, { role: 'files', looks, writes: targets.map(toWrite), system })
}

function resolveRm(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, [])
  const recursive = hasOption(options, '-r', '-R', '--recursive')
  const targets = toTargets(command, options.operands)
  const isCache = ({ path }: Target): boolean =>
    CACHES.some((name) => isWithin(path, joinPath(command.home, name)))
  if (!recursive || !hasOption(options, '-f', '--force') || targets?.every(isCache) !== true)
    return resolveRemoval(command, files, recursive)
  // A cache that is not there is as good as an empty one.
  const writes = targets.map((target) => ({ ...toRemoval(target), allow: 'cache' as const }))
  return toEffect(files, { role: 'files', reads: targets.map(({ path }) => path), writes })
}

/** Directories of the home that hold nothing but what package managers have downloaded and would download again. */
const CACHES = ['.npm', '.cache/pip', '.cache/yarn', '.composer/cache', '.cache/composer']

function resolveRemoval(command: Command, files: ImageFiles, recursive: boolean): Effect {
  const targets = toTargets(command, parseOptions(command.args, []).operands)
  if (targets === undefined || targets.some((target) => target.path === '/' && !target.spread)) return OPAQUE
  const whole = targets.filter((target) => recursive || target.spread)
  return toEffect(files, {
    role: 'files',
    looks: targets.filter((target) => !target.spread).map((target) => target.path),
    reads: whole.map((target) => target.path),
    writes: targets.map(toRemoval),
  })
}

/** Nothing survives below a removed path; of a glob's directory what does not match survives. */
export function toRemoval(target: Target): WriteEffect {
  return target.spread ? toTreeWrite(target) : { tree: target.path, mode: 'replace' }
}

function resolveTouch(command: Command, files: ImageFiles, valued: readonly string[]): Effect {
  const options = parseOptions(command.args, valued)
  const targets = toTargets(command, options.operands)
  const models = toTargets(command, optionValues(options, '-r', '--reference'))
  if (targets === undefined || models === undefined) return OPAQUE
  return toEffect(files, {
    role: 'files',
    looks: [...targets, ...models].filter((target) => !target.spread).map((target) => target.path),
    reads: targets.filter((target) => target.spread).map((target) => target.path),
    writes: targets.map(toWrite),
  })
}
