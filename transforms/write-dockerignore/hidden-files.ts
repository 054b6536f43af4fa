import { trackedMatches } from './tracked-matches.ts'
import { containsPath, overlaps } from '../../src/model/region.ts'
import type { ModelBuild } from '../../src/model/build.ts'
import type { Step } from '../../src/model/step.ts'
import type { TransformInput } from '../types.ts'

/** Tracked files that the view of an ignore file shows and that it lacks with the pattern at the file's end. */
export function hiddenFiles(
  { context, ignoreFile }: TransformInput,
  pattern: string,
  before: string,
  after: string,
): readonly string[] {
  const files = trackedMatches(context.checkout, pattern)
  if (files.length === 0) return []
  const [shown, left] = [ignoreFile.view(before), ignoreFile.view(after)]
  return files.filter((path) => shown.kind(path) !== undefined && left.kind(path) === undefined)
}

/** Who needs one of the files: a build that copies it by name or runs a command that may read it. */
export function readsHidden(input: TransformInput, files: readonly string[]): string | undefined {
  if (files.length === 0) return undefined
  const builds = [{ path: input.path, build: () => input.build }, ...input.siblings]
  for (const { path, build } of builds) {
    const reader = findReader(build(), files)
    if (reader !== undefined) return `${path}:${reader.instruction.startLine}`
  }
  return undefined
}

function findReader(build: ModelBuild, files: readonly string[]): Step | undefined {
  for (const { steps } of build.stages) {
    for (const step of steps) {
      if (step.selected.some((source) => files.includes(source) || isOnlyHidden(build, source, files)))
        return step
      if (step.reads.some((read) => read.source !== undefined && files.includes(read.source))) return step
      if (step.atoms.some((atom) => mayRead(atom.reads, step, steps, files))) return step
    }
  }
  return undefined
}

/** A copied directory of which nothing would be left. */
function isOnlyHidden(build: ModelBuild, source: string, files: readonly string[]): boolean {
  if (source === '' || build.context.kind(source) !== 'dir') return false
  return (
    files.some((file) => file.startsWith(`${source}/`)) &&
    build.context.list(source).every((name) => files.includes(`${source}/${name}`))
  )
}

/** Whether a command reads a whole tree into which a copy above it has put one of the files. */
function mayRead(
  reads: Step['reads'],
  reader: Step,
  steps: readonly Step[],
  files: readonly string[],
): boolean {
  const wide = reads.filter((read) => read.kind === 'all' || read.kind === 'tree')
  if (wide.length === 0) return false
  return steps.slice(0, steps.indexOf(reader)).some(({ writes }) =>
    writes.some(({ region }) => {
      if (region.kind !== 'mapped') return false
      const copied = files.some((file) => region.root === '' || file.startsWith(`${region.root}/`))
      return copied && wide.some((read) => read.kind === 'all' || treeHolds(read.path, region, files))
    }),
  )
}

function treeHolds(
  path: string,
  region: Parameters<typeof containsPath>[0],
  files: readonly string[],
): boolean {
  if (region.kind !== 'mapped' || !overlaps({ kind: 'tree', path }, region)) return false
  return files.some((file) => {
    const relative = region.root === '' ? file : file.slice(region.root.length + 1)
    return containsPath({ kind: 'tree', path }, `${region.path === '/' ? '' : region.path}/${relative}`)
  })
}
