import { manifestLines, spellCopy, spellDestination, type Supplied } from './manifest-lines.ts'
import { matchWithParents } from '../../src/model/copy-parents.ts'
import { relativeTo } from '../../src/model/paths.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { FileTree } from '../../src/context/types.ts'
import type { Reason } from '../../src/findings/reasons.ts'
import type { Step } from '../../src/model/step.ts'

/**
 * Lines of which one, a `COPY --parents` with patterns, stands for several folders; `undefined` where that saves nothing. A
 * pattern selects listed files and no other ones.
 */
export function parentsLines(
  dockerfile: Dockerfile,
  reads: readonly Supplied[],
  copies: readonly Step[],
  workdir: string,
): readonly string[] | Reason | undefined {
  const [copy] = copies
  const place = copy === undefined ? undefined : wholePlace(copy)
  if (copy === undefined || place === undefined || copy.instruction.json !== undefined) return undefined
  const nested = reads.filter(
    (read) => read.copy === copy && !read.directory && relativeTo(read.path, place.path).includes('/'),
  )
  if (nested.some(({ source }) => /\s/.test(source))) return undefined
  const joined = toPatterns(
    place.tree,
    nested.map(({ source }) => source),
  )
  if (joined.patterns.length === 0) return undefined
  const rest = manifestLines(
    dockerfile,
    reads.filter((read) => !nested.includes(read) || !joined.matches.has(read.source)),
    copies,
    workdir,
  )
  if ('code' in rest) return rest
  const destination = spellDestination(copy, place.path, workdir, false)
  return [...rest, spellCopy(dockerfile, copy, ['--parents'], joined.patterns, destination)]
}

/** Where a copy puts the whole context. */
function wholePlace(copy: Step): { readonly path: string; readonly tree: FileTree } | undefined {
  const regions = copy.writes.map(({ region }) => region)
  return regions.flatMap((region) =>
    region.kind === 'mapped' && region.root === '' ? [{ path: region.path, tree: region.tree }] : [],
  )[0]
}

/** Patterns with `*` in place of whole names of directories, each of which selects several of these files and no others. */
function toPatterns(
  tree: FileTree,
  files: readonly string[],
): { readonly patterns: readonly string[]; readonly matches: ReadonlySet<string> } {
  const matches = new Set<string>()
  const patterns: string[] = []
  for (const file of [...files].sort()) {
    if (matches.has(file)) continue
    const joining = generalisationsOf(file)
      .map((pattern) => ({ pattern, found: matchWithParents(tree, '', pattern) ?? [] }))
      .find(({ found }) => found.length > 1 && found.every((match) => files.includes(match)))
    if (joining === undefined) continue
    patterns.push(joining.pattern)
    for (const match of joining.found) matches.add(match)
  }
  return { patterns: patterns.sort(), matches }
}

/**
 * `apps/web/package.json` as `apps/*`; what is generalised least stands first. The top directory keeps its name when
 * there are others below: it is what people group members by.
 */
function generalisationsOf(file: string): readonly string[] {
  const parts = file.split('/')
  const last = parts.length - 1
  const places = parts
    .flatMap((_, index) => (index < last && (index > 0 || last === 1) ? [index] : []))
    .toReversed()
  const single = places.map((index) => toStars(parts, [index]))
  const double = places.flatMap((second, offset) =>
    places.slice(offset + 1).map((first) => toStars(parts, [first, second])),
  )
  return [...single, ...double]
}

function toStars(parts: readonly string[], at: readonly number[]): string {
  return parts.map((part, index) => (at.includes(index) ? '*' : part)).join('/')
}

/**
 * Whether the frontend that the file names has `COPY --parents`: stable since 1.20, in the labs channel since 1.7. A tag
 * without a minor version may be an older one on some machine.
 * https://docs.docker.com/reference/dockerfile/#copy---parents
 */
export function hasParentsFlag({ directives, instructions }: Dockerfile): boolean {
  if (instructions.some(({ flags }) => flags.some(({ name }) => name === 'parents'))) return true
  const tag = /^(?:docker\.io\/)?docker\/dockerfile(?:-upstream)?:([^@]+)/.exec(
    directives.get('syntax') ?? '',
  )?.[1]
  const parts = /^(\d+)(?:\.(\d+))?(?:\.\d+)?(-labs)?$/.exec(tag ?? '')
  if (parts === null) return tag === 'labs'
  const [, major, minor, labs] = parts
  if (minor === undefined) return labs !== undefined
  return Number(major) > 1 || Number(minor) >= (labs === undefined ? 20 : 7)
}
