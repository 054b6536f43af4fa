import { parseIgnore } from './context/ignore-matcher.ts'
import { findCarried } from './carried.ts'
import { isDockerfileError } from './dockerfile/is-dockerfile-error.ts'
import { readIgnoreComments } from './dockerfile/ignore-comments.ts'
import { parseDockerfile } from './dockerfile/scan.ts'
import { ecosystems } from './ecosystems/index.ts'
import { unique } from './findings/unique.ts'
import { measureGain } from './gain.ts'
import { judge } from './judge.ts'
import { isIgnored, rememberedHistory, rememberedView } from './views.ts'
import { resolveCommand } from './knowledge.ts'
import type { ModelBuild } from './model/build.ts'
import { rememberedBuild } from './model/remembered-build.ts'
import { transforms as allTransforms } from '../transforms/index.ts'
import type { Need, Obstacle, SiblingBuild, Transform, TransformInput } from '../transforms/types.ts'
import type { BuildContext, FileTree } from './context/types.ts'
import type { Risk, TransformOptions } from './config/types.ts'
import type { Dockerfile, DockerfileError, Instruction } from './dockerfile/types.ts'
import type { Carried, Gain, Refusal, Rewrite } from './findings/types.ts'
import type { Reason } from './findings/reasons.ts'

/** An ignore file that decides what the builder sees. */
export interface IgnoreFile {
  /** Relative to the context's root, or absolute when it lies elsewhere; for messages and writing. */
  readonly path: string
  /** Absent when there is none yet. */
  readonly text?: string
  /** Set for a symbolic link, for example to `.gitignore`: what it leads to is for others too, and is not changed. */
  readonly isLink?: boolean
}

/** Another Dockerfile that is built from the same context with the same ignore file. */
export interface Sibling {
  readonly path: string
  readonly text: string
}

export interface FixInput {
  /** The Dockerfile, relative to the context's root when it lies below it. */
  readonly path: string
  readonly text: string
  readonly context: BuildContext
  readonly ignoreFile: IgnoreFile
  readonly siblings: readonly Sibling[]
  /** Ids of the transforms to run; all when absent. */
  readonly transforms?: readonly string[]
  /** Options by transform; what is missing has the transform's default. */
  readonly options?: Readonly<Record<string, TransformOptions>>
  readonly risk: Risk
}

export interface FixResult {
  readonly text: string
  /** The ignore file's new text; absent when it does not change. */
  readonly ignoreText?: string
  readonly rewrites: readonly Rewrite[]
  readonly refusals: readonly Refusal[]
  readonly gain?: Gain
  readonly carried?: Carried
  /** When set, the file is no Dockerfile that can be rewritten, and `text` is the input's. */
  readonly error?: DockerfileError
}

/** A transform that proposes more often than this has lost its way. */
const MAX_ROUNDS = 100

/** What a run over one Dockerfile has come to so far. */
interface State {
  readonly dockerfile: Dockerfile
  readonly ignoreText: string | undefined
  readonly needed: readonly Need[]
  readonly rewrites: readonly Rewrite[]
  readonly obstacles: readonly (Obstacle & { readonly transform: string; readonly line: number })[]
}

/** One Dockerfile through all transforms; every change is proven before it is kept. Reads the context, writes nothing. */
export function fixDockerfile(input: FixInput): FixResult {
  const original = parseDockerfile(input.text)
  const nothing = { text: input.text, rewrites: [], refusals: [] }
  if (isDockerfileError(original)) return { ...nothing, error: original }
  const ignore = parseIgnore(input.ignoreFile.text ?? '')
  if (!('ignores' in ignore)) {
    return {
      ...nothing,
      error: { line: ignore.line, column: 1, message: `${input.ignoreFile.path}: ${ignore.message}` },
    }
  }
  const comments = readIgnoreComments(original)
  if (comments.file !== undefined) {
    return {
      ...nothing,
      refusals: [{ transform: 'all', line: 1, reason: { code: 'ignored', why: comments.file } }],
    }
  }
  const frontend = original.directives.get('syntax')
  if (frontend !== undefined && !/^(docker\.io\/)?docker\/dockerfile(-upstream)?([:@]|$)/.test(frontend)) {
    return {
      ...nothing,
      refusals: [{ transform: 'all', line: 1, reason: { code: 'custom-frontend', frontend } }],
    }
  }
  const fixed = input.ignoreFile.isLink === true ? 'write-dockerignore' : undefined
  const active = allTransforms.filter(({ id }) => id !== fixed && (input.transforms?.includes(id) ?? true))
  let state: State = {
    dockerfile: original,
    ignoreText: input.ignoreFile.text,
    needed: [],
    rewrites: [],
    obstacles: [],
  }
  for (const transform of active) state = runTransform(transform, state, input, original)
  const unsafe = state.needed.find(({ path }) => !isIgnored(state.ignoreText ?? '', path))
  if (unsafe !== undefined) return withoutSplits(input, original, state, unsafe.pattern)
  const { text } = state.dockerfile
  const view = rememberedView(input.context, state.ignoreText ?? '')
  const gain = text === input.text ? undefined : measureGain(original, state.dockerfile, view, resolveCommand)
  const carried = findCarried(
    rememberedBuild(state.dockerfile, view, { resolve: resolveCommand }),
    [
      ...(text === input.text ? [] : [input.path]),
      ...(state.ignoreText === input.ignoreFile.text ? [] : [input.ignoreFile.path]),
    ],
    state.ignoreText ?? '',
  )
  return {
    text,
    ...(state.ignoreText === undefined || state.ignoreText === input.ignoreFile.text
      ? {}
      : { ignoreText: state.ignoreText }),
    rewrites: state.rewrites,
    refusals: state.obstacles.map(({ transform, line, reason }) => ({ transform, line, reason })),
    ...(gain === undefined ? {} : { gain }),
    ...(carried === undefined ? {} : { carried }),
  }
}

function runTransform(transform: Transform, start: State, input: FixInput, original: Dockerfile): State {
  let state = start
  const rejected = new Set<string>()
  const moved: string[] = []
  const refused: State['obstacles'][number][] = []
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const context = rememberedView(input.context, state.ignoreText ?? '')
    const before = rememberedBuild(state.dockerfile, context, { resolve: resolveCommand })
    const options = { ...transform.defaults, ...input.options?.[transform.id] }
    const { proposal, obstacles } = transform.propose(
      toTransformInput(input, state, context, before, rejected, options),
    )
    const place = (obstacle: Obstacle): State['obstacles'][number] => ({
      ...obstacle,
      transform: transform.id,
      line: originalLine(original, state.dockerfile, obstacle.instruction),
    })
    if (proposal === undefined) {
      // What is left to say about a step that was moved already is that it cannot be moved further.
      const left = obstacles.filter(
        ({ instruction }) => !isPartOf(moved, state.dockerfile.instructions[instruction]),
      )
      return { ...state, obstacles: [...state.obstacles, ...refused, ...left.map(place)] }
    }
    const verdict = judge(proposal, state.dockerfile, context, input.risk)
    if ('reason' in verdict) {
      rejected.add(proposal.key)
      if (transform.id === 'split-manifests') {
        refused.push(place({ instruction: proposal.instruction ?? 0, reason: verdict.reason }))
      }
      continue
    }
    moved.push(state.dockerfile.instructions[proposal.instruction ?? -1]?.original ?? '')
    const rewrite: Rewrite = {
      transform: transform.id,
      line: originalLine(original, state.dockerfile, proposal.instruction ?? 0),
      summary: proposal.summary,
      notes: unique([
        ...proposal.notes,
        ...(proposal.textNotes?.get(verdict.dockerfile.text) ?? []),
        ...verdict.notes,
      ]),
    }
    state = {
      ...state,
      dockerfile: verdict.dockerfile,
      ignoreText: proposal.ignoreText ?? state.ignoreText,
      needed: [...state.needed, ...(proposal.needs ?? [])],
      rewrites: [...state.rewrites, rewrite],
    }
  }
  throw new Error(`${transform.id} does not come to an end`)
}

/** Whether an instruction is one of these, or the start of one. */
function isPartOf(texts: readonly string[], instruction: Instruction | undefined): boolean {
  return instruction !== undefined && texts.some((text) => text.startsWith(instruction.original))
}

function toTransformInput(
  input: FixInput,
  state: State,
  context: FileTree,
  build: ModelBuild,
  rejected: ReadonlySet<string>,
  options: TransformInput['options'],
): TransformInput {
  const { ignoreText } = state
  const comments = readIgnoreComments(state.dockerfile)
  let siblings: readonly SiblingBuild[] | undefined
  return {
    dockerfile: state.dockerfile,
    build,
    // There may be hundreds, and few transforms look at them.
    get siblings() {
      siblings ??= input.siblings.flatMap((sibling) => toSiblingBuild(sibling, context))
      return siblings
    },
    context: input.context,
    path: input.path,
    ignoreFile: {
      path: input.ignoreFile.path,
      ...(ignoreText === undefined ? {} : { text: ignoreText }),
      view: (text) => rememberedView(input.context, text),
    },
    needed: state.needed,
    ecosystems,
    history: () => rememberedHistory(input.context, ignoreText ?? ''),
    resolve: resolveCommand,
    rejected,
    options,
    ignoreReason: (instruction) => comments.instructions.get(instruction),
  }
}

function toSiblingBuild(sibling: Sibling, context: FileTree): readonly SiblingBuild[] {
  const dockerfile = parsed.get(sibling) ?? parseDockerfile(sibling.text)
  parsed.set(sibling, dockerfile)
  if (isDockerfileError(dockerfile)) return []
  const { path } = sibling
  return [
    { path, dockerfile, build: () => rememberedBuild(dockerfile, context, { resolve: resolveCommand }) },
  ]
}

/** A sibling is the same object for all Dockerfiles of a run. */
const parsed = new WeakMap<Sibling, Dockerfile | DockerfileError>()

/** A rewrite that needs a pattern which cannot be written is taken back, with all that came after it. */
function withoutSplits(input: FixInput, original: Dockerfile, state: State, pattern: string): FixResult {
  const others = allTransforms.map(({ id }) => id).filter((id) => id !== 'split-manifests')
  const rest = fixDockerfile({
    ...input,
    transforms: input.transforms?.filter((id) => id !== 'split-manifests') ?? others,
  })
  const why = state.obstacles.find(({ reason }) =>
    reason.code === 'referenced-output'
      ? isIgnored(pattern, reason.path)
      : reason.code === 'cannot-ignore' && reason.pattern === pattern,
  )?.reason
  const split = state.rewrites.find((rewrite) => rewrite.transform === 'split-manifests')
  const reason: Reason = why ?? {
    code: 'cannot-ignore',
    pattern,
    why:
      input.ignoreFile.isLink === true
        ? `it is a symbolic link to ${input.ignoreFile.path}`
        : 'write-dockerignore is switched off',
  }
  const line = split?.line ?? original.instructions[0]?.startLine ?? 1
  return { ...rest, refusals: [{ transform: 'split-manifests', line, reason }, ...rest.refusals] }
}

/** The line in the file as the user has it. */
function originalLine(original: Dockerfile, current: Dockerfile, index: number): number {
  const text = current.instructions[index]?.original
  const find = (matches: (whole: string, part: string) => boolean): Instruction | undefined =>
    original.instructions.find((instruction) => text !== undefined && matches(instruction.original, text))
  const found =
    find((whole, part) => whole === part) ??
    find((whole, part) => whole.startsWith(part)) ??
    // The rest of a RUN that was cut, after its keyword, flags and repeated shell state.
    find((whole, part) =>
      whole.endsWith(
        part
          .split(/&&|;|\n|^\S+\s+/)
          .at(-1)
          ?.trim() || part,
      ),
    )
  return found?.startLine ?? current.instructions[index]?.startLine ?? 1
}
