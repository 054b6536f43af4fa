import { mountOptions } from '../dockerfile/mounts.ts'
import { digest } from './digest.ts'
import { joinPath } from './paths.ts'
import type { Read } from './image-files.ts'
import type { Write } from './log.ts'
import type { StepInput } from './step.ts'

/** What the `--mount` flags of a RUN bring into view, for the time that it runs. */
export function mountsOf(input: StepInput): {
  readonly reads: readonly Read[]
  readonly writes: readonly Write[]
  readonly selected: readonly string[]
} {
  const { context, environment, instruction } = input
  const reads: Read[] = []
  const writes: Write[] = []
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
    const file = context.kind(source) === 'file'
    writes.push(
      file
        ? {
            region: { kind: 'path', path: target },
            value: digest('mounted', source, context.version?.(source)),
            covers: true,
            source,
            by,
          }
        : {
            region: { kind: 'mapped', path: target, tree: context, root: source },
            value: 'mounted',
            covers: true,
            by,
          },
    )
  }
  return { reads, writes, selected }
}
