import { homeOf, toProcessEnv, type Environment } from './environment.ts'
import { lookAtActivation } from './activate.ts'
import { createImageFiles, type Read } from './image-files.ts'
import { baseName } from './paths.ts'
import { leadsThroughLink } from './links.ts'
import { containsPath, overlaps } from './region.ts'
import type { Log, Tolerance, Write } from './log.ts'
import { guessRole, standsInContext } from './guesses.ts'
import { walkScript } from './script.ts'
import { knownValue, opaqueValue, toRegion } from './unit-value.ts'
import type { Unit } from './unit.ts'
import { readRun } from '../dockerfile/run-script.ts'
import type { Dockerfile, Instruction, Range } from '../dockerfile/types.ts'
import type { FileTree } from '../context/types.ts'
import type { Effect, Resolve, WriteEffect } from './types.ts'

/** What one command of a RUN did. */
export interface Atom {
  readonly text: string
  /** The commands of a pipeline or compound; one for a simple command. */
  readonly effects: readonly Effect[]
  readonly reads: readonly Read[]
  readonly writes: readonly Write[]
  /** The top-level part of the script that the command belongs to. */
  readonly part: number
  readonly cwd: string
  readonly unit: Unit
}

/** A top-level part of a RUN script, between `&&` or `;`. */
export interface Part {
  /** Range in the script's source. */
  readonly range: Range
  /** The operator after it: `&&`, `;`, or none for the last. */
  readonly operator: string | undefined
  /** Set when the part only changes the shell's state: `cd x`, `set -e`, `export A=b`. */
  readonly state: boolean
}

export interface RunResult {
  readonly log: Log
  readonly atoms: readonly Atom[]
  readonly parts: readonly Part[]
  /** Whether the parts stand within brackets or a heredoc, which both halves of a cut need. */
  readonly framed: boolean
}

export interface RunInput {
  readonly dockerfile: Dockerfile
  readonly instruction: Instruction
  readonly environment: Environment
  readonly log: Log
  readonly context: FileTree
  readonly tolerance: Tolerance
  readonly resolve: Resolve
  /** Reads and transient files of `--mount` flags. */
  readonly mounts: readonly Write[]
  /** What they leave behind. */
  readonly leftovers: readonly Write[]
}

const POSIX_SHELLS = new Set(['sh', 'bash', 'ash', 'dash', 'zsh'])

/** Executes a RUN on the log of the image's files. */
export function executeRun(input: RunInput): RunResult {
  const { environment, instruction } = input
  const run = readRun(instruction, input.dockerfile)
  const shell = environment.shell.map((word) => baseName(word))
  const posix = run.exitsOnError !== undefined || POSIX_SHELLS.has(shell[0] ?? '')
  let log: Log = [...input.log, ...input.mounts]
  const computed = new Map<string, string>()
  const atoms: Atom[] = []
  const { parts, framed } = walkScript(
    posix ? run : { form: run.form, source: run.source },
    {
      cwd: environment.workdir,
      user: environment.user,
      home: homeOf(environment),
      env: toProcessEnv(environment),
      settled: environment.settled,
      exitsOnError: run.exitsOnError ?? environment.shell.some((word) => /^-[a-z]*e/.test(word)),
    },
    {
      emit: (unit) => {
        const { value, ...atom } = executeUnit(unit, log, input, computed)
        log = [...log, ...atom.writes]
        for (const name of unit.assigns) computed.set(name, value)
        atoms.push(atom)
      },
      kind: (path) => {
        const kind = createImageFiles(log, input.context, input.tolerance, []).peekKind(path)
        return kind === 'absent' && !standsInContext(log, path) ? 'unknown' : kind
      },
      isMade: (path) =>
        log.some(({ region }) => region.kind === 'tree' && containsPath(region, path)) &&
        createImageFiles(log, input.context, input.tolerance, []).peekKind(path) === 'absent',
    },
  )
  const transient = new Set<Write>(input.mounts)
  return { log: [...log.filter((write) => !transient.has(write)), ...input.leftovers], atoms, parts, framed }
}

/** `computed` has, for variables that commands of the script have set, what their values depend on. */
function executeUnit(
  unit: Unit,
  log: Log,
  input: RunInput,
  computed: ReadonlyMap<string, string>,
): Atom & { readonly value: string } {
  const reads: Read[] = []
  const files = createImageFiles(log, input.context, input.tolerance, reads)
  lookAtActivation(unit.exports, files)
  const resolved = unit.commands.map((command): Effect =>
    command === undefined ? { known: false } : (input.resolve(command, files) ?? { known: false }),
  )
  const effects = [...resolved, ...guessRole(unit, resolved, input.resolve)]
  const known =
    effects.every((effect) => effect.known) &&
    !usesLink(unit, effects, reads, log) &&
    !writesToMount(effects, input.mounts)
  const value = known
    ? knownValue(unit, effects, log, reads, input, computed)
    : opaqueValue(unit, log, reads, input, computed)
  const by = unit.text
  const writes: readonly Write[] = known
    ? effects.flatMap((effect) =>
        effect.known ? effect.writes.map((write) => toWrite(write, value, unit, by)) : [],
      )
    : [{ region: { kind: 'all' }, value, covers: false, by }]
  return { text: unit.text, effects, reads, writes, part: unit.part, cwd: unit.cwd, unit, value }
}

function usesLink(unit: Unit, effects: readonly Effect[], reads: readonly Read[], log: Log): boolean {
  // Making a link does not follow those that are there.
  if (unit.commands.every((command) => command?.name === 'ln')) return false
  const read = reads.map(({ path }) => path)
  const written = effects.flatMap((effect) =>
    effect.known ? effect.writes.map((write) => toRegion(write)) : [],
  )
  const paths = [...read, ...written.flatMap((region) => ('path' in region ? [region.path] : []))]
  return paths.some((path) => path.startsWith('/') && leadsThroughLink(log, path))
}

/** What is mounted cannot be written to: the command fails, or what it writes is lost. */
function writesToMount(effects: readonly Effect[], mounts: readonly Write[]): boolean {
  const shown = mounts.filter(({ region }) => region.kind !== 'tree')
  return effects.some(
    (effect) =>
      effect.known &&
      effect.writes.some((write) => shown.some(({ region }) => overlaps(region, toRegion(write)))),
  )
}

function toWrite(effect: WriteEffect, value: string, unit: Unit, by: string): Write {
  const region = toRegion(effect)
  const covers = unit.certain && ('path' in effect || ('tree' in effect && effect.mode === 'replace'))
  return {
    region,
    value,
    covers,
    ...('directory' in effect && effect.directory === true ? { directory: true } : {}),
    ...(effect.link === undefined ? {} : { link: effect.link }),
    ...(effect.allow === undefined ? {} : { allow: effect.allow }),
    ...(effect.ignore === undefined ? {} : { ignore: effect.ignore }),
    by,
  }
}
