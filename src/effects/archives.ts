import { joinPath, parentPath } from '../model/paths.ts'
import { hasOption, optionValues, parseOptions } from './options.ts'
import { toPath, toTargets } from './targets.ts'
import { OPAQUE, toEffect } from './work.ts'
import { words } from './words.ts'
import type {
  Argument,
  Command,
  Effect,
  EnvEffect,
  ImageFiles,
  Resolve,
  WriteEffect,
} from '../model/types.ts'

/** Packing and unpacking. */
export const archives: Readonly<Record<string, Resolve>> = {
  tar: resolveTar,
  bsdtar: resolveTar,
  unzip: resolveUnzip,
  gzip: resolveCompressor,
  gunzip: resolveCompressor,
  bzip2: resolveCompressor,
  bunzip2: resolveCompressor,
  xz: resolveCompressor,
  unxz: resolveCompressor,
  zstd: resolveCompressor,
  unzstd: resolveCompressor,
  zcat: (command, files) => resolveCompressor({ ...command, args: ['-c', ...command.args] }, files),
  xzcat: (command, files) => resolveCompressor({ ...command, args: ['-c', ...command.args] }, files),
}

const ENV: EnvEffect = ['TAR_*', 'GZIP', 'BZIP*', 'XZ_*', 'ZSTD_*', 'UNZIP*']
const TAR_VALUED = words(`
  -f --file -C --directory -T --files-from -X --exclude-from -I --use-compress-program --exclude
  --strip-components --strip --owner --group --mode --mtime --transform --xform -b --blocking-factor
  -g --listed-incremental -N -K -V --one-top-level --to-command
`)
/** Files or programs elsewhere, and names that may leave the directory. */
const TAR_UNUSUAL = words(`
  -T --files-from -X --exclude-from -P --absolute-names --to-command -g -A -r -u --listed-incremental
  --transform --xform -F --remove-files --append --update --delete -M
`)

function resolveTar(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(toTarOptions(command.args), TAR_VALUED)
  const directories = optionValues(options, '-C', '--directory')
  const [archive = '-', ...more] = optionValues(options, '-f', '--file')
  const unknown = [...optionValues(options, '-f', '--file'), ...directories].includes(undefined)
  if (unknown || more.length > 0 || hasOption(options, ...TAR_UNUSUAL)) return OPAQUE
  const file = archive === '-' ? undefined : toPath(command, archive)
  if (archive !== '-' && file === undefined) return OPAQUE
  const dir = directories.reduce<string | undefined>(
    (at, next) => (at === undefined ? undefined : toPath({ ...command, cwd: at }, next)),
    command.cwd,
  )
  if (dir === undefined) return OPAQUE
  const reads = file === undefined ? [] : [file]
  if (hasOption(options, '-x', '--extract', '--get')) {
    const printed = hasOption(options, '-O', '--to-stdout')
    const writes: readonly WriteEffect[] = printed ? [] : [{ tree: dir, mode: 'merge' }]
    return toEffect(files, { role: 'files', reads, writes, env: ENV, system: true })
  }
  if (hasOption(options, '-t', '--list'))
    return toEffect(files, { role: 'none', reads, env: ENV, system: true })
  if (!hasOption(options, '-c', '--create') || directories.length > 1) return OPAQUE
  const members = toTargets({ ...command, cwd: dir }, options.operands)
  if (members === undefined) return OPAQUE
  return toEffect(files, {
    role: file === undefined ? 'none' : 'files',
    reads: members.map((member) => member.path),
    writes: file === undefined ? [] : [{ path: file }],
    env: ENV,
    system: true,
  })
}

/** `tar xzf a.tgz`: the first word may hold options without a dash. */
function toTarOptions(args: readonly Argument[]): readonly Argument[] {
  const [first, ...rest] = args
  if (first === undefined || first.startsWith('-') || !/^[a-zA-Z]+$/.test(first)) return args
  const result: Argument[] = []
  for (const letter of first) {
    result.push(`-${letter}`)
    if (TAR_VALUED.includes(`-${letter}`)) result.push(rest.shift())
  }
  return [...result, ...rest]
}

function resolveUnzip(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, ['-d', '-P', '-x'])
  const [archive] = options.operands
  const [target = '.'] = optionValues(options, '-d')
  const dir = toPath(
    command,
    hasOption(options, '-d') && optionValues(options, '-d')[0] === undefined ? undefined : target,
  )
  const sources = toTargets(command, [archive])
  if (dir === undefined || sources === undefined || hasOption(options, '-:')) return OPAQUE
  const reads = sources.map((source) => source.path)
  const printed = hasOption(options, '-p', '-c', '-l', '-t', '-v', '-Z', '-z')
  return toEffect(files, {
    role: printed ? 'none' : 'files',
    reads,
    writes: printed ? [] : [{ tree: dir, mode: 'merge' }],
    env: ENV,
    system: true,
  })
}

const SUFFIX = /\.(gz|tgz|z|bz2|tbz2?|xz|txz|lzma|zst)$/i
const ADDED: Readonly<Record<string, string>> = { gzip: '.gz', bzip2: '.bz2', xz: '.xz', zstd: '.zst' }

/** `gunzip a.gz` puts `a` in place of `a.gz`. */
function resolveCompressor(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, ['-S', '--suffix', '-o', '-T', '--threads', '-M'])
  const targets = toTargets(
    command,
    options.operands.filter((operand) => operand !== '-'),
  )
  if (targets === undefined || hasOption(options, '-o', '-S', '--suffix', '-r', '--recursive')) return OPAQUE
  const printed = hasOption(options, '-c', '--stdout', '--to-stdout', '-l', '-t')
  const reads = targets.map((target) => target.path)
  const writes = printed
    ? []
    : targets.flatMap((target): readonly WriteEffect[] => {
        if (target.spread) return [{ tree: target.path, mode: 'merge' }]
        const packs = !hasOption(options, '-d', '--decompress') && !(command.name ?? '').startsWith('un')
        const unpacks = command.name === 'gunzip' || command.name === 'bunzip2' || !packs
        const result = unpacks
          ? target.path.replace(SUFFIX, '')
          : `${target.path}${ADDED[command.name ?? ''] ?? ''}`
        const places =
          result === target.path
            ? { tree: parentPath(target.path), mode: 'merge' as const }
            : { path: joinPath('/', result) }
        return [places, { tree: target.path, mode: 'replace' }]
      })
  return toEffect(files, {
    role: writes.length > 0 ? 'files' : 'none',
    reads,
    writes,
    env: ENV,
    system: true,
  })
}
