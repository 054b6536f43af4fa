import { createRequire } from 'node:module'
import type * as ast from 'dockerfile-ast'
import type { Dockerfile, Instruction, Range } from './types.ts'

/** The parts of a FROM. Ranges point into the file and may span line continuations. */
export interface FromView {
  /** The base with tag and digest. */
  readonly image: Range
  /** The base without them, its registry included. */
  readonly name: Range
  readonly tag?: Range
  readonly digest?: Range
  /** The name after AS. */
  readonly stage?: Range
  /** The value of `--platform`. */
  readonly platform?: Range
}

/** One option of a `--mount` flag. */
export interface MountOptionView {
  readonly name: string
  readonly range: Range
  /** Absent for `readonly` and its like. */
  readonly value?: Range
}

export interface VariableView {
  readonly name: string
  /** From `$` to the end of the name or the brace. */
  readonly range: Range
}

/** What dockerfile-ast knows about instructions, by index; `undefined` where it cannot be trusted. */
export interface TypedView {
  readonly from: (index: number) => FromView | undefined
  /** One list per `--mount` flag of a RUN. */
  readonly mounts: (index: number) => readonly (readonly MountOptionView[])[] | undefined
  readonly variables: (index: number) => readonly VariableView[] | undefined
}

/** dockerfile-ast needs seconds for such files, and nobody writes them by hand. */
const maxLength = 200_000

/**
 * The typed view of a file. It parses when it is first asked. dockerfile-ast is wrong about some files: where its
 * list of instructions differs from the scanner's, or its ranges leave the instruction or overlap, there is no view.
 */
export function createTypedView(dockerfile: Dockerfile): TypedView {
  let parsed: Parsed | undefined
  const view = <T>(index: number, read: (source: Source) => T | undefined): T | undefined => {
    parsed ??= parseTyped(dockerfile)
    const instruction = dockerfile.instructions[index]
    const typed = parsed.instructions[index]
    const { toRange } = parsed
    if (instruction === undefined || typed === undefined) return undefined
    return attempt(() => read({ instruction, typed, toRange }))
  }
  return {
    from: (index) => view(index, readFrom),
    mounts: (index) => view(index, readMounts),
    variables: (index) => view(index, readVariables),
  }
}

interface Source {
  readonly instruction: Instruction
  readonly typed: ast.Instruction
  readonly toRange: (range: AstRange) => Range
}

interface Parsed {
  /** Empty when dockerfile-ast and the scanner disagree. */
  readonly instructions: readonly ast.Instruction[]
  readonly toRange: Source['toRange']
}

type AstRange = ReturnType<ast.Instruction['getRange']>

function parseTyped({ text, instructions }: Dockerfile): Parsed {
  const typed = text.length > maxLength ? [] : (attempt(() => parseAst(text)) ?? [])
  const agrees = instructions.every(({ keyword, startLine }, index) => {
    const other = typed[index]
    return other?.getKeyword() === keyword && other.getRange().start.line === startLine - 1
  })
  const isSound = agrees && typed.length === instructions.length
  return { instructions: isSound ? typed : [], toRange: createToRange(text) }
}

/** Loaded only when a view is asked for: start-up time is a feature. */
function parseAst(text: string): readonly ast.Instruction[] {
  const { DockerfileParser } = createRequire(import.meta.url)('dockerfile-ast') as typeof ast
  return DockerfileParser.parse(text).getInstructions()
}

function readFrom({ instruction, typed, toRange }: Source): FromView | undefined {
  if (instruction.keyword !== 'FROM') return undefined
  const from = typed as ast.From
  const [image, , stage] = instruction.words
  if (image === undefined) return undefined
  const tag = convert(from.getImageTagRange(), toRange)
  const digest = convert(from.getImageDigestRange(), toRange)
  const typedStage = convert(from.getBuildStageRange(), toRange)
  const platform = convert(findFlags(from, 'platform')[0]?.getValueRange(), toRange)
  const parts = [tag, digest].filter((range) => range !== undefined)
  if (!isSame(convert(from.getImageRange(), toRange), image.range)) return undefined
  if (!isSame(typedStage, stage?.range) || !areSeparate(parts, image.range)) return undefined
  if (platform !== undefined && !areSeparate([platform], instruction.range)) return undefined
  return {
    image: image.range,
    // dockerfile-ast's own name lacks the registry.
    name: { start: image.range.start, end: (parts[0]?.start ?? image.range.end + 1) - 1 },
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
    ...(typedStage === undefined ? {} : { stage: typedStage }),
    ...(platform === undefined ? {} : { platform }),
  }
}

function readMounts({ instruction, typed, toRange }: Source): TypedMounts | undefined {
  if (instruction.keyword !== 'RUN') return undefined
  const typedFlags = findFlags(typed as ast.Run, 'mount')
  const flags = instruction.flags.filter(({ name }) => name === 'mount')
  const agrees = flags.every(({ range }, index) =>
    isSame(convert(typedFlags[index]?.getRange(), toRange), range),
  )
  if (!agrees || flags.length !== typedFlags.length) return undefined
  const mounts = typedFlags.map((flag) =>
    flag.getOptions().map((option): MountOptionView => {
      const value = convert(option.getValueRange(), toRange)
      const range = toRange(option.getRange())
      return { name: option.getName().toLowerCase(), range, ...(value === undefined ? {} : { value }) }
    }),
  )
  const sound = mounts.every((options, index) => {
    const flag = flags[index]
    return (
      flag !== undefined &&
      areSeparate(
        options.map(({ range }) => range),
        flag.range,
      )
    )
  })
  return sound ? mounts : undefined
}

type TypedMounts = readonly (readonly MountOptionView[])[]

function readVariables({ instruction, typed, toRange }: Source): readonly VariableView[] | undefined {
  const variables = typed
    .getVariables()
    .map((variable) => ({ name: variable.getName(), range: toRange(variable.getRange()) }))
  const ranges = variables.map(({ range }) => range)
  // The name of `${x#p}` is `x#p` for dockerfile-ast.
  const sound = areSeparate(ranges, instruction.range) && variables.every(({ name }) => /^\w+$/.test(name))
  return sound ? variables : undefined
}

/** `getPlatformFlag` and its like find nothing when there are two flags. */
function findFlags(instruction: ast.ModifiableInstruction, name: string): readonly ast.Flag[] {
  return instruction.getFlags().filter((flag) => flag.getName() === name)
}

function convert(range: AstRange | null | undefined, toRange: Source['toRange']): Range | undefined {
  return range === null || range === undefined ? undefined : toRange(range)
}

function isSame(left: Range | undefined, right: Range | undefined): boolean {
  return left?.start === right?.start && left?.end === right?.end
}

/** Whether ranges stand in order, inside `outer`, without overlap. */
function areSeparate(ranges: readonly Range[], outer: Range): boolean {
  let free = outer.start
  for (const { start, end } of ranges) {
    if (start < free || end < start) return false
    free = end
  }
  return free <= outer.end
}

/** dockerfile-ast takes `\r`, `\n` and `\r\n` for line ends. */
function createToRange(text: string): Source['toRange'] {
  const starts = [0]
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length)
  const toOffset = (line: number, character: number): number => (starts[line] ?? text.length) + character
  return ({ start, end }) => ({
    start: toOffset(start.line, start.character),
    end: toOffset(end.line, end.character),
  })
}

/** dockerfile-ast throws on some inputs. */
function attempt<T>(read: () => T | undefined): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
