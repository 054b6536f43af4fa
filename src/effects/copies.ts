import { baseName, isStandardDirectory, joinPath } from '../model/paths.ts'
import { makeDirectories, toRemoval } from './directories.ts'
import { namesUser } from './modes.ts'
import { hasOption, optionValues, parseOptions, type Options } from './options.ts'
import { toTarget, toTargets, toTreeWrite, type Target } from './targets.ts'
import { OPAQUE, toEffect } from './work.ts'
import { words } from './words.ts'
import type { Argument, Command, Effect, ImageFiles, Resolve, WriteEffect } from '../model/types.ts'

/** Commands of the form `from... to`: cp, mv, install, ln. */
export const copies: Readonly<Record<string, Resolve>> = {
  cp: (command, files) => resolveCopy(command, files, false),
  mv: (command, files) => resolveCopy(command, files, true),
  install: resolveInstall,
  ln: resolveLink,
}

const VALUED = words('-t --target-directory -S --suffix -m --mode -o --owner -g --group')
/** `--parents` and `--backup` put files at other places. */
const UNUSUAL = ['--parents', '--backup', '-b', '-S', '--suffix']

function resolveCopy(command: Command, files: ImageFiles, moves: boolean): Effect {
  const options = parseOptions(command.args, ['-t', '--target-directory', '-S', '--suffix'])
  if (hasOption(options, ...UNUSUAL)) return OPAQUE
  const ends = toEnds(command, options)
  if (ends === undefined) return OPAQUE
  const { sources, target } = ends
  return toEffect(files, {
    role: 'files',
    reads: sources.map((source) => source.path),
    writes: [...toCopies(files, ends, target), ...(moves ? sources.map(toRemoval) : [])],
  })
}

function resolveInstall(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, VALUED)
  if (hasOption(options, ...UNUSUAL)) return OPAQUE
  const system = optionValues(options, '-o', '--owner', '-g', '--group').some(namesUser)
  if (hasOption(options, '-d', '--directory'))
    return makeDirectories(command, files, options.operands, system)
  const ends = toEnds(command, options)
  if (ends === undefined) return OPAQUE
  const reads = ends.sources.map((source) => source.path)
  return toEffect(files, { role: 'files', reads, writes: toCopies(files, ends, ends.target), system })
}

function resolveLink(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, ['-t', '--target-directory', '-S', '--suffix'])
  if (hasOption(options, ...UNUSUAL, '-r', '--relative')) return OPAQUE
  const symbolic = hasOption(options, '-s', '--symbolic')
  const { operands } = options
  const values: readonly Argument[] = operands.length === 1 ? [...operands, '.'] : operands
  const ends = toEnds(command, { ...options, operands: values }, symbolic)
  if (ends === undefined) return OPAQUE
  const asFile = hasOption(options, '-n', '-T', '--no-dereference', '--no-target-directory')
  const plain = asFile && ends.sources.length === 1 && !ends.target.directory
  const writes = plain ? [{ path: ends.target.path }] : toCopies(files, ends, ends.target)
  // Links of unknown names cannot be told from what else is in their directory.
  const named = symbolic && !ends.sources.some((source) => source.spread || source.directory)
  return toEffect(files, {
    role: 'files',
    looks: plain ? [ends.target.path] : [],
    reads: symbolic ? [] : ends.sources.map((source) => source.path),
    writes: named ? writes.map((write): WriteEffect => ({ ...write, link: true })) : writes,
  })
}

interface Ends {
  readonly sources: readonly Target[]
  readonly target: Target
  /** True when the target is a directory for certain. */
  readonly into: boolean
}

/** The target of a symbolic link is only text: an unknown one does not matter, as long as the link's name is known. */
function toEnds(command: Command, options: Options, symbolic = false): Ends | undefined {
  const [directory] = optionValues(options, '-t', '--target-directory')
  const into = hasOption(options, '-t', '--target-directory')
  const from = into ? options.operands : options.operands.slice(0, -1)
  const target = toTarget(command, into ? directory : options.operands.at(-1))
  const texts = symbolic
    ? from.map((text) => (text === undefined ? '/*' : text.replace(/^(?!\/)/, '/')))
    : from
  const sources = toTargets(command, texts)
  if (sources === undefined || sources.length === 0 || target === undefined || target.spread) return undefined
  return { sources, target, into: into || target.directory || sources.length > 1 }
}

/** A file that is copied to a directory lands in it; whether the target is one, only the image tells. */
function toCopies(files: ImageFiles, { sources, into }: Ends, target: Target): readonly WriteEffect[] {
  if (!into && !isStandardDirectory(target.path) && files.kind(target.path) !== 'dir')
    return [toTreeWrite(target)]
  return sources.map((source) =>
    source.spread || source.directory
      ? toTreeWrite(target)
      : { tree: joinPath(target.path, baseName(source.path)), mode: 'merge' },
  )
}
