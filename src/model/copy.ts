import { digest } from './digest.ts'
import { baseName, isStandardDirectory, joinPath, parentPath } from './paths.ts'
import { leadsThroughLink } from './links.ts'
import { containsPath, type Region } from './region.ts'
import { fileWrite, type Log, type Write } from './log.ts'
import { copyWithParents } from './copy-parents.ts'
import { matchSources } from './copy-sources.ts'
import type { CopyForm } from './copy-form.ts'
import type { FileTree } from '../context/types.ts'
import type { Read } from './image-files.ts'
import type { Heredoc } from '../dockerfile/types.ts'

/** What a COPY or ADD did. */
export interface CopyResult {
  readonly writes: readonly Write[]
  readonly reads: readonly Read[]
  /** Context paths (files and directories) that it copies; absent for `--from` and for unknown forms. */
  readonly selected?: readonly string[]
  /** Sources that match nothing: the builder would fail. */
  readonly missing: readonly string[]
}

export interface CopyInput {
  readonly form: CopyForm
  readonly heredocs: readonly Heredoc[]
  readonly log: Log
  readonly context: FileTree
  /** What the stage or image of `--from` holds below a path, as one value. */
  readonly valueInStage: (from: string, path: string) => string
  readonly isStage: (from: string) => boolean
  readonly by: string
}

const ARCHIVE = /\.(tar|tar\.(gz|bz2|xz|zst|Z)|tgz|tbz2?|txz|tzst)$/i

/** Executes a COPY or ADD on the log of the image's files. */
export function executeCopy(input: CopyInput): CopyResult {
  const { form, by } = input
  const values = form.sources.map((source) => source.value)
  if (form.target === undefined || !form.known || values.includes(undefined)) return unknownCopy(input)
  const target = form.target
  if (leadsThroughLink(input.log, target)) return unknownCopy(input, { kind: 'all' })
  const sources = values.filter((value) => value !== undefined)
  const made = makeDirectories(form.directory ? target : parentPath(target), form.attributes, input.log, by)
  if (form.from !== undefined) return copyFromStage(input, target, sources, made)
  if (form.parents && form.keyword === 'COPY' && form.excludes.length + input.heredocs.length === 0) {
    const result = copyWithParents(input.context, sources, target, form.attributes, by)
    const above = makeDirectories(target, form.attributes, input.log, by)
    if (result !== undefined) return { ...result, writes: [...above, ...result.writes], reads: [] }
  }
  const remote = sources.filter((source) => isRemote(form, source))
  const matched = matchSources(
    input.context,
    sources.filter((source) => !isRemote(form, source)),
  )
  const count = matched.entries.length + remote.length + input.heredocs.length
  const plainDirectory = matched.entries.length === 1 && matched.entries[0]?.kind === 'dir'
  const intoDirectory =
    form.directory || (count === 1 && !plainDirectory && isKnownDirectory(input.log, target))
  const uncertain = !intoDirectory && !plainDirectory && (count !== 1 || isStandardDirectory(target))
  if (form.parents || form.excludes.length > 0 || uncertain)
    return scatter(input, target, matched.entries, matched.missing)
  const place = (name: string): string => (intoDirectory ? joinPath(target, name) : target)
  const writes: Write[] = [...made]
  for (const { path, kind } of matched.entries) {
    if (kind === 'dir') {
      writes.push(...makeDirectories(target, form.attributes, [...input.log, ...writes], by))
      writes.push({
        region: { kind: 'mapped', path: target, tree: input.context, root: path },
        value: form.attributes,
        covers: true,
        by,
      })
    } else if (form.keyword === 'ADD' && ARCHIVE.test(path)) {
      writes.push({
        region: { kind: 'tree', path: target },
        value: digest('unpack', path, form.attributes, input.context.version?.(path)),
        covers: false,
        by,
      })
    } else {
      // A link that is named alone is followed; within a directory it stays a link.
      const attributes = kind === 'symlink' ? `followed ${form.attributes}` : form.attributes
      writes.push(fileWrite(place(baseName(path)), path, attributes, input.context, by))
    }
  }
  for (const url of remote) writes.push(downloadWrite(url, target, intoDirectory, by))
  for (const heredoc of input.heredocs) {
    const value = digest('heredoc', heredoc.content, String(heredoc.expand), form.attributes)
    writes.push({ region: { kind: 'path', path: place(heredoc.name) }, value, covers: true, by })
  }
  return { writes, reads: [], selected: matched.entries.map((entry) => entry.path), missing: matched.missing }
}

/** Where each file lands is not computed; what is copied, and that it lands below the target, is known. */
function scatter(
  input: CopyInput,
  target: string,
  entries: readonly { readonly path: string }[],
  missing: readonly string[],
): CopyResult {
  const { form, by } = input
  const paths = entries.map((entry) => entry.path)
  const flags = [String(form.parents), ...form.excludes, form.attributes]
  const write: Write = {
    region: { kind: 'tree', path: target },
    value: digest(
      'scatter',
      ...flags,
      '|',
      ...form.sources.map((source) => source.value),
      '|',
      ...paths.map((path) => digest(path, input.context.version?.(path))),
    ),
    covers: false,
    by,
  }
  return { writes: [write], reads: [], selected: paths, missing }
}

function unknownCopy({ form, context, by }: CopyInput, place?: Region): CopyResult {
  const value = digest(
    'unknown copy',
    form.attributes,
    form.from,
    ...form.sources.map((source) => source.raw),
    form.destination.raw,
  )
  const region = place ?? (form.target === undefined ? { kind: 'all' } : { kind: 'tree', path: form.target })
  return {
    writes: [{ region, value, covers: false, by }],
    reads: [],
    ...(form.from === undefined ? { selected: context.list('') } : {}),
    missing: [],
  }
}

function copyFromStage(
  input: CopyInput,
  target: string,
  sources: readonly string[],
  made: readonly Write[],
): CopyResult {
  const { form, by } = input
  const from = form.from ?? ''
  const reads = sources.map((source): Read => {
    const path = joinPath('/', source.replace(/[*?[].*$/, ''))
    return { kind: 'mount', path: `${from}:${path}`, value: input.valueInStage(from, path), found: true }
  })
  const value = digest(
    'stage',
    form.attributes,
    String(form.directory),
    ...sources,
    '|',
    ...reads.map((read) => read.value),
  )
  const single = sources.length === 1 && !/[*?[]/.test(sources[0] ?? '')
  const path = single && form.directory ? joinPath(target, baseName(joinPath('/', sources[0] ?? ''))) : target
  const looksLikeFile = single && form.directory && /\.[a-z0-9]+$/i.test(path)
  const region = { kind: 'tree', path: looksLikeFile ? path : target } as const
  const image = input.isStage(from) ? {} : { image: from }
  return { writes: [...made, { region, value, covers: false, by, ...image }], reads, missing: [] }
}

function isRemote(form: CopyForm, source: string): boolean {
  return form.keyword === 'ADD' && /^(https?:\/\/|git@|git:\/\/|ssh:\/\/)/.test(source)
}

function downloadWrite(url: string, target: string, intoDirectory: boolean, by: string): Write {
  const name = baseName(url.replace(/[?#].*$/, ''))
  const region = /\.git$|^git/.test(name)
    ? ({ kind: 'tree', path: target } as const)
    : ({ kind: 'path', path: intoDirectory ? joinPath(target, name) : target } as const)
  return { region, value: digest('download', url), covers: region.kind === 'path', by }
}

/** Directories that come into being on the way to a target; those that exist stay as they are. */
export function makeDirectories(path: string, owner: string, log: Log, by: string): readonly Write[] {
  const missing: string[] = []
  for (let at = path; !isStandardDirectory(at) && !isKnownDirectory(log, at); at = parentPath(at))
    missing.unshift(at)
  return missing.map((at) => ({
    region: { kind: 'path', path: at },
    value: digest('made', owner),
    covers: false,
    directory: true,
    by,
  }))
}

function isKnownDirectory(log: Log, path: string): boolean {
  return log.some((write) => {
    const { region } = write
    if (region.kind === 'path') return region.path === path && write.directory === true
    return region.kind === 'mapped' && containsPath(region, path)
  })
}
