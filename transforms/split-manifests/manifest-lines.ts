import { baseName, isWithin, parentPath, relativeTo } from '../../src/model/paths.ts'
import { indentOf } from '../shared/arrange.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { Reason } from '../../src/findings/reasons.ts'
import { STRICT, valueOf, type Log } from '../../src/model/log.ts'
import type { Atom } from '../../src/model/run.ts'
import type { Step } from '../../src/model/step.ts'

/** A file or directory that the install reads from a broad copy. */
export interface Supplied {
  /** Absolute image path. */
  readonly path: string
  /** Context path. */
  readonly source: string
  readonly directory: boolean
  readonly copy: Step
}

/**
 * What the commands read from the copies, or why that cannot be copied alone. What the image holds already before the
 * copies (`above`) need not be copied again.
 */
export function suppliedReads(
  atoms: readonly Atom[],
  copies: readonly Step[],
  above: Log,
): readonly Supplied[] | Reason {
  const found = new Map<string, Supplied>()
  for (const atom of atoms) {
    for (const { kind, path, source, value } of atom.reads) {
      if ((kind !== 'path' && kind !== 'tree') || source === undefined) continue
      if (valueOf(above, { kind, path }, STRICT) === value) continue
      const supply = supplierOf(path, copies)
      if (supply === undefined) continue
      const { copy, tree } = supply
      const directory = tree.kind(source) === 'dir'
      if (kind === 'path' && directory) continue
      if (kind === 'tree' && supply.root === source)
        return { code: 'reads-sources', text: atom.text, path: source === '' ? '.' : source }
      found.set(path, { path, source, directory, copy })
    }
  }
  const all = [...found.values()]
  return all.filter(
    (item) => !all.some((other) => other !== item && other.directory && isWithin(item.path, other.path)),
  )
}

function supplierOf(path: string, copies: readonly Step[]) {
  for (const copy of copies.toReversed()) {
    for (const { region } of copy.writes) {
      if (region.kind === 'mapped' && isWithin(path, region.path) && path !== region.path) {
        return { copy, tree: region.tree, root: region.root }
      }
    }
  }
  return undefined
}

/** COPY lines for the files, one per directory, sorted by path; spelled as the copy that they are taken from. */
export function manifestLines(
  dockerfile: Dockerfile,
  reads: readonly Supplied[],
  copies: readonly Step[],
  workdir: string,
): readonly string[] | Reason {
  const unspellable = reads.find(({ source }) => /[*?[\]\\$"'\n\r`]|^#/.test(source))
  if (unspellable !== undefined) return { code: 'unspellable-path', path: unspellable.source }
  const groups = new Map<string, Supplied[]>()
  for (const item of inListOrder(reads)) {
    const key = `${item.directory} ${placeOf(item)} ${copies.indexOf(item.copy)}`
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return [...groups.values()].map((group) => toLine(dockerfile, group, workdir))
}

/** The order in which they are copied: outer directories first, and in each of them manifests, lockfiles, settings. */
export function inListOrder(reads: readonly Supplied[]): readonly Supplied[] {
  return [...reads].sort(
    (a, b) =>
      depth(placeOf(a)) - depth(placeOf(b)) ||
      compare(placeOf(a), placeOf(b)) ||
      rank(a) - rank(b) ||
      compare(a.path, b.path),
  )
}

function toLine(dockerfile: Dockerfile, group: readonly Supplied[], workdir: string): string {
  const [item] = group as readonly [Supplied]
  const sources = group.map(({ source, directory }) => (directory ? `${source}/` : source))
  const dir = item.directory ? item.path : parentPath(item.path)
  const single = group.length === 1 && !item.directory
  return spellCopy(dockerfile, item.copy, [], sources, spellDestination(item.copy, dir, workdir, single))
}

/** A COPY that is spelled like another one, with further flags. */
export function spellCopy(
  dockerfile: Dockerfile,
  like: Step,
  flags: readonly string[],
  sources: readonly string[],
  destination: string,
): string {
  const { instruction } = like
  const lower = /^[a-z]/.test(dockerfile.text.slice(instruction.keywordRange.start))
  const spelledFlags = instruction.flags
    .filter((flag) => ['chown', 'chmod', 'link'].includes(flag.name))
    .map(({ range }) => dockerfile.text.slice(range.start, range.end))
  const start = [...spelledFlags, ...flags].map((flag) => `${flag} `).join('')
  const words = [...sources, destination]
  const keyword = `${indentOf(dockerfile, instruction.index)}${lower ? 'copy' : 'COPY'}${gapAfterKeyword(dockerfile, like)}`
  const json = instruction.json !== undefined || words.some((word) => /\s/.test(word))
  return json
    ? `${keyword}${start}${JSON.stringify(words).replaceAll('","', '", "')}`
    : `${keyword}${start}${words.join(' ')}`
}

/** A directory of the image as the destination of a COPY, spelled like that of another one. */
export function spellDestination(
  { copy: form, before }: Step,
  dir: string,
  workdir: string,
  single: boolean,
): string {
  const raw = form?.destination.raw ?? '.'
  if (!(form?.destination.value ?? '').startsWith('/')) {
    return isWithin(dir, workdir)
      ? spellRelative(relativeTo(dir, workdir), raw, single)
      : `${dir === '/' ? '' : dir}/`
  }
  return before.workdir === workdir
    ? spellBelow(raw, relativeTo(dir, form?.target ?? workdir))
    : `${dir === '/' ? '' : dir}/`
}

/** People who align their instructions want new ones aligned too. */
function gapAfterKeyword(dockerfile: Dockerfile, { instruction }: Step): string {
  const { end } = instruction.keywordRange
  const gap = /^[ \t]+/.exec(dockerfile.text.slice(end))?.[0] ?? ' '
  return instruction.keyword === 'ADD' && gap.length > 1 && !gap.includes('\t') ? gap.slice(1) : gap
}

/** `.` stays `.` for a single file; several files need a directory that is spelled as one. */
function spellRelative(below: string, raw: string, single: boolean): string {
  if (below !== '') return `${raw.startsWith('./') ? './' : ''}${below}/`
  return single && raw === '.' ? '.' : './'
}

function spellBelow(raw: string, below: string): string {
  const base = raw.endsWith('/') ? raw : `${raw}/`
  return below === '' ? base : `${base}${below}/`
}

/** The directory that a file or directory is copied to. */
function placeOf(item: Supplied): string {
  return item.directory ? item.path : parentPath(item.path)
}

/** As people list them: manifests, lockfiles, then settings. */
function rank({ source }: Supplied): number {
  const name = baseName(source)
  if (name.startsWith('.')) return 2
  return /lock|shrinkwrap|\.sum$/.test(name) ? 1 : 0
}

function depth(path: string): number {
  return path.split('/').length
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
