import { parseIgnore } from '../../src/context/ignore-matcher.ts'
import { globFiles } from '../../src/model/glob.ts'
import type { Step } from '../../src/model/step.ts'
import type { TransformInput } from '../types.ts'

/** A COPY or a mount that names what a pattern hides. */
export interface NamedSource {
  /** The context path, as spelled. */
  readonly path: string
  /** `file:line` of the instruction. */
  readonly by: string
}

/**
 * Looks at all builds of the context for an instruction that names what a pattern would hide, also where it is not in
 * the checkout: `COPY .env ./` works for those who have the file, and would fail for them. `samples` are paths that
 * the pattern hides.
 */
export function copiedByName(
  input: TransformInput,
  pattern: string,
  samples: readonly string[],
): NamedSource | undefined {
  const matcher = parseIgnore(pattern)
  if (!('ignores' in matcher)) return undefined
  const hides = (source: string): boolean =>
    matcher.ignores(source) ||
    (isNarrowGlob(source) && samples.some((sample) => globFiles.matches(source, sample)))
  const builds = [{ path: input.path, build: () => input.build }, ...input.siblings]
  for (const { path, build } of builds) {
    for (const step of build().stages.flatMap((stage) => stage.steps)) {
      const source = sourcesOf(step).find(hides)
      if (source !== undefined) return { path: source, by: `${path}:${step.instruction.startLine}` }
    }
  }
  return undefined
}

function sourcesOf({ copy, selected }: Step): readonly string[] {
  if (copy === undefined) return selected
  if (copy.from !== undefined) return []
  return copy.sources.flatMap(({ value }) => value?.replace(/^(\.?\/)+/, '').replace(/\/+$/, '') ?? [])
}

/** `*` means the whole context, and names nothing in it. */
function isNarrowGlob(source: string): boolean {
  return /[*?[]/.test(source) && /[^*?.[\]/]/.test(source)
}
