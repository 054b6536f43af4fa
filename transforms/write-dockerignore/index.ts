import { ignoreCandidates } from './candidates.ts'
import { extendIgnore } from './extend-ignore.ts'
import { copiedByName } from './copied-by-name.ts'
import { hiddenFiles, readsHidden } from './hidden-files.ts'
import { parseIgnore } from '../../src/context/ignore-matcher.ts'
import { ignoreSummary } from '../../src/findings/summaries.ts'
import type { Reason } from '../../src/findings/reasons.ts'
import type { Note } from '../../src/findings/types.ts'
import type { Obstacle, Outcome, Transform, TransformInput } from '../types.ts'

/** Keeps out of the build context what no build needs. */
export const writeDockerignore: Transform = {
  id: 'write-dockerignore',
  description:
    'Creates or extends the ignore file, so that a split is safe and stray files do not invalidate copies.',
  docs: 'transforms/write-dockerignore/README.md',
  defaults: {
    // Whether files for people (`tests/`, `README.md`) that no step reads may leave the image.
    hideUnread: true,
    // Further patterns to add, under the same conditions.
    patterns: [],
  },
  propose,
}

const KEY = 'ignore'

function propose(input: TransformInput): Outcome {
  if (input.rejected.has(KEY) || (input.needed.length === 0 && !copiesContext(input)))
    return { obstacles: [] }
  const { ignoreFile } = input
  const accepted: string[] = []
  const obstacles: Obstacle[] = []
  const hidden: string[] = []
  let text = ignoreFile.text ?? ''
  for (const { pattern, required, mayHideTracked } of ignoreCandidates(input)) {
    if (isCovered(text, pattern)) continue
    const obstacle = findObstacle(input, pattern)
    if (obstacle !== undefined) {
      if (required) obstacles.push({ instruction: 0, reason: obstacle })
      continue
    }
    const next = extendIgnore(ignoreFile.text, [...accepted, pattern])
    const files = hiddenFiles(input, pattern, text, next)
    const reader = readsHidden(input, files)
    const refused = files.length > 0 && (reader !== undefined || !mayHideTracked)
    if (refused) {
      const why = reader === undefined ? `${files[0] ?? ''} is tracked` : `${reader} needs ${files[0] ?? ''}`
      if (required) obstacles.push({ instruction: 0, reason: { code: 'cannot-ignore', pattern, why } })
      continue
    }
    accepted.push(pattern)
    hidden.push(...files)
    text = next
  }
  if (accepted.length === 0) return { obstacles }
  const created = ignoreFile.text === undefined
  return {
    proposal: {
      key: KEY,
      texts: [],
      ignoreText: text,
      summary: ignoreSummary(accepted, created),
      notes: hiddenNotes(input, hidden),
    },
    obstacles,
  }
}

/** Whether something copies the whole context: only there do stray files matter. */
function copiesContext(input: TransformInput): boolean {
  return input.build.stages.some((stage) =>
    stage.steps.some((step) => step.selected.includes('') && step.copy?.from === undefined),
  )
}

/** Why a pattern must not be written, whatever lies in the checkout: someone names what it would hide. */
function findObstacle(input: TransformInput, pattern: string): Reason | undefined {
  const kept = keptBy(input.ignoreFile.text ?? '', pattern)
  if (kept !== undefined)
    return { code: 'cannot-ignore', pattern, why: `${input.ignoreFile.path} keeps it on purpose (${kept})` }
  const copied = copiedByName(input, pattern, samplesOf(pattern))
  return copied && { code: 'referenced-output', ...copied }
}

/** The line of an ignore file that brings back what a pattern would hide. */
function keptBy(text: string, pattern: string): string | undefined {
  const name = pattern.replace(/^\*\*\//, '').replace(/\/$/, '')
  const lines = text.split('\n').map((line) => line.trim())
  return lines.find((line) => line.startsWith('!') && line.slice(1).split('/').includes(name))
}

/** Whether the file has a pattern that says the same. */
function isCovered(text: string, pattern: string): boolean {
  const matcher = parseIgnore(text)
  if (!('ignores' in matcher)) return true
  const samples = samplesOf(pattern)
  return samples.every((sample) => matcher.ignores(sample))
}

/** Paths that the pattern hides, to ask an existing file about. */
function samplesOf(pattern: string): readonly string[] {
  const name = pattern
    .replace(/^\*\*\//, '')
    .replace(/\/$/, '')
    .replaceAll('*', 'x')
    .replace(/\[[^\]]*\]/g, 'c')
  return pattern.startsWith('**/') ? [name, `a/${name}`, `a/b/${name}`] : [name]
}

function hiddenNotes(input: TransformInput, files: readonly string[]): readonly Note[] {
  if (files.length === 0) return []
  const bytes = files.reduce((sum, file) => sum + input.context.checkout.size(file), 0)
  return [{ code: 'ignored-files', files, bytes }]
}
