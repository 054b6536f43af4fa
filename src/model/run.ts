import { digest } from './digest.ts'
import { dependsOnVariable, homeOf, toProcessEnv, type Environment } from './environment.ts'
import { createImageFiles, type Read } from './image-files.ts'
import { baseName, joinPath } from './paths.ts'
import { leadsThroughLink } from './links.ts'
import { overlaps, type Region } from './region.ts'
import { valueOf, type Log, type Tolerance, type Write } from './log.ts'
import { walkScript, type Unit } from './script.ts'
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
}

const POSIX_SHELLS = new Set(['sh', 'bash', 'ash', 'dash', 'zsh'])

/** Executes a RUN on the log of the image's files. */
export function executeRun(input: RunInput): RunResult {
  const { environment, instruction } = input
  const run = readRun(instruction, input.dockerfile)
  const shell = environment.shell.map((word) => baseName(word))
  const posix = run.form === 'exec' || POSIX_SHELLS.has(shell[0] ?? '')
  const { units, parts } = walkScript(posix ? run : { source: run.source }, {
    cwd: environment.workdir,
    user: environment.user,
    home: homeOf(environment),
    env: toProcessEnv(environment),
    exitsOnError: run.form !== 'exec' && environment.shell.some((word) => /^-[a-z]*e/.test(word)),
  })
  let log: Log = [...input.log, ...input.mounts]
  const computed = new Map<string, string>()
  const atoms = units.map((unit) => {
    const { value, ...atom } = executeUnit(unit, log, input, computed)
    log = [...log, ...atom.writes]
    for (const name of unit.assigns) computed.set(name, value)
    return atom
  })
  const transient = new Set<Write>(input.mounts)
  return { log: log.filter((write) => !transient.has(write)), atoms, parts }
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
  const effects = unit.commands.map((command): Effect =>
    command === undefined ? { known: false } : (input.resolve(command, files) ?? { known: false }),
  )
  const known = effects.every((effect) => effect.known) && !usesLink(unit, effects, reads, log)
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

function opaqueValue(
  unit: Unit,
  log: Log,
  reads: Read[],
  input: RunInput,
  computed: ReadonlyMap<string, string>,
): string {
  // What it is known to read counts on its own, because tolerated writes are not part of everything.
  const known = reads.map((read) => digest(read.kind, read.path, read.value)).sort()
  const everything = valueOf(log, { kind: 'all' }, input.tolerance)
  reads.push({ kind: 'all', path: '', value: everything, found: true })
  return digest(
    'opaque',
    unit.text,
    unit.failure,
    unit.cwd,
    ...processKey(input, unit, computed, () => true),
    ...known,
    everything,
  )
}

function knownValue(
  unit: Unit,
  effects: readonly Effect[],
  log: Log,
  reads: Read[],
  input: RunInput,
  computed: ReadonlyMap<string, string>,
): string {
  const known = effects.filter((effect) => effect.known)
  const writes = known.flatMap((effect) => effect.writes)
  if (known.some((effect) => effect.pure !== true)) {
    reads.push({
      kind: 'system',
      path: '',
      value: valueOf(log, { kind: 'system' }, input.tolerance),
      found: true,
    })
  }
  for (const write of writes) {
    if (!('tree' in write) || write.mode !== 'merge' || write.allow !== undefined) continue
    if (reads.some((read) => read.kind === 'tree' && read.path === write.tree)) continue
    const value = valueOf(log, { kind: 'tree', path: write.tree }, input.tolerance)
    reads.push({
      kind: 'tree',
      path: write.tree,
      value,
      found: log.some((old) => overlaps(old.region, toRegion(write))),
    })
  }
  const placeless = known.every((effect) => ['system', 'tool', 'none'].includes(effect.role))
  const volumes = [...input.environment.volumes].filter((volume) =>
    writes.some((write) => overlaps(toRegion(write), { kind: 'tree', path: volume })),
  )
  const counts = (name: string): boolean =>
    known.some((effect) => dependsOnVariable(effect.env, unit.text, name))
  return digest(
    'known',
    unit.text,
    unit.failure,
    placeless ? '' : unit.cwd,
    ...processKey(input, unit, computed, counts),
    ...volumes,
    ...reads.map((read) => digest(read.kind, read.path, read.value)).sort(),
  )
}

/** User, shell, flags and those variables that count, as far as they reach the command. */
function processKey(
  input: RunInput,
  unit: Unit,
  computed: ReadonlyMap<string, string>,
  counts: (name: string) => boolean,
): readonly string[] {
  const { environment, instruction } = input
  const outer = [...environment.spelled]
    .filter(([name]) => counts(name))
    .map(([name, value]) => `${name}=${value}`)
  const inner = [...unit.exports]
    .filter(([name]) => counts(name))
    .map(([name, value]) => `${name}=${value ?? computed.get(name) ?? ''}`)
  return [
    environment.user,
    ...environment.shell,
    ...instruction.flags.map((flag) => flag.text),
    ...outer.sort(),
    '|',
    ...inner.sort(),
    unit.umask ?? '',
  ]
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

function toRegion(effect: WriteEffect): Region {
  if ('path' in effect) return { kind: 'path', path: joinPath('/', effect.path) }
  if ('tree' in effect) return { kind: 'tree', path: joinPath('/', effect.tree) }
  return { kind: 'system' }
}
