import { mountOptions } from '../dockerfile/mounts.ts'
import { makeDirectories } from './copy.ts'
import { digest } from './digest.ts'
import { joinPath, parentPath } from './paths.ts'
import { containsPath } from './region.ts'
import type { Read } from './image-files.ts'
import { fileWrite, type Log, type Write } from './log.ts'
import type { Flag } from '../dockerfile/types.ts'
import type { StepInput } from './step.ts'

/** What the `--mount` flags of a RUN bring into view, for the time that it runs. */
export function mountsOf(input: StepInput): {
  readonly reads: readonly Read[]
  readonly writes: readonly Write[]
  /** What stays behind where nothing was before: an empty file or directory for each target, and those above it. */
  readonly leftovers: readonly Write[]
  readonly selected: readonly string[]
} {
  const { context, environment, instruction } = input
  const reads: Read[] = []
  const writes: Write[] = []
  const leftovers: Write[] = []
  const selected: string[] = []
  for (const flag of instruction.flags) {
    if (flag.name !== 'mount') continue
    const options = mountOptions(flag)
    const type = options.get('type') ?? 'bind'
    if (type !== 'bind') continue
    const from = options.get('from')
    const source = joinPath('/', options.get('source') ?? options.get('src') ?? '/').slice(1)
    const target = joinPath(
      environment.workdir,
      options.get('target') ?? options.get('dst') ?? options.get('destination') ?? '',
    )
    const by = flag.text
    if (from !== undefined) {
      const value = input.valueInStage(from, `/${source}`)
      reads.push({ kind: 'mount', path: `${from}:/${source}`, value, found: true })
      writes.push({
        region: { kind: 'tree', path: target },
        value: digest('mounted', value),
        covers: true,
        by,
      })
      continue
    }
    selected.push(source)
    reads.push({
      kind: 'mount',
      path: source,
      value: digest('context', source, context.version?.(source)),
      source,
      found: true,
    })
    if (context.kind(source) === 'file') {
      writes.push(fileWrite(target, source, '', context, by))
      leftovers.push(...leaveFile(target, [...input.log, ...leftovers], by))
    } else {
      writes.push({
        region: { kind: 'mapped', path: target, tree: context, root: source },
        value: '',
        covers: true,
        by,
      })
      leftovers.push(...makeDirectories(target, '', [...input.log, ...leftovers], by))
    }
  }
  return { reads, writes, leftovers, selected }
}

function leaveFile(path: string, log: Log, by: string): readonly Write[] {
  const isThere = log.some(
    ({ region }) => (region.kind === 'path' || region.kind === 'mapped') && containsPath(region, path),
  )
  if (isThere) return []
  const value = digest('mountpoint')
  return [
    ...makeDirectories(parentPath(path), '', log, by),
    { region: { kind: 'path', path }, value, covers: false, by },
  ]
}

/** Whether a flag shows files of the context to a command, which cannot change them: what it reads of them is known. */
export function isContextMount(flag: Flag): boolean {
  if (flag.name !== 'mount') return false
  const options = mountOptions(flag)
  return (
    (options.get('type') ?? 'bind') === 'bind' &&
    !['from', 'rw', 'readwrite'].some((name) => options.has(name))
  )
}
