import { broadCopies } from './broad-copies.ts'
import { matchBranches } from './match-branches.ts'
import { createImageFiles } from '../../src/model/image-files.ts'
import type { StageBuild } from '../../src/model/build.ts'
import type { Install } from './find-installs.ts'
import type { Reason } from '../../src/findings/reasons.ts'
import type { Log } from '../../src/model/log.ts'
import type { Atom } from '../../src/model/run.ts'
import type { Step } from '../../src/model/step.ts'
import type { Command, FetchStep, ImageFiles } from '../../src/model/types.ts'
import type { TransformInput } from '../types.ts'

/** A build whose dependencies can be downloaded by a step above it, or why they cannot. */
export function findFetch(
  input: TransformInput,
  stage: StageBuild,
  at: number,
  step: Step,
  atom: Atom,
): Install | undefined {
  const { commands, certain, failure } = atom.unit
  const command = commands.at(-1)
  const branches = certain ? undefined : matchBranches(input.dockerfile, step, atom)
  // What is added stops the build when it fails; a build whose failure is ignored, or that may not run, does not.
  if (branches === undefined && (!certain || !isAlone(atom) || failure === 'ignored')) return undefined
  const asked = branches?.commands ?? (command === undefined ? [] : [command])
  // A download needs neither the modes that `chmod` gives nor what the same manager has built: it may stand above them.
  for (let place = at; place >= 0; place--) {
    const log = stage.steps[place - 1]?.log ?? []
    const ask = (writes: Log): Answer | undefined => {
      const files = createImageFiles(writes, input.build.context, input.build.tolerance, [])
      return joinAnswers(asked.map((each) => askForFetch(input, each, files)))
    }
    const found = ask(log) ?? (place === at ? onlyStep(ask([...log, ...writesAbove(step, atom)])) : undefined)
    if (found === undefined) return undefined
    const { fetch, id } = found
    const above = stage.steps[place - 1]
    if (
      'code' in fetch &&
      fetch.code === 'changed-input' &&
      above?.atoms.length !== 0 &&
      above?.atoms.every((other) => isModeChange(other) || (isBuild(other) && isOf(other, id, input)))
    )
      continue
    if (hasFetched(stage, at, id, input)) return undefined
    return 'code' in fetch
      ? { stage, at, step, reason: fetch }
      : {
          stage,
          at,
          step,
          fetch: branches === undefined ? fetch : { ...fetch, command: branches.guard(fetch.command) },
          builder: atom,
          place: stage.steps[place] ?? step,
        }
  }
  return undefined
}

/** Programs that tell something to the command that they stand in: `-j$(nproc)`, `-X main.commit=$(git rev-parse HEAD)`. */
const TELLERS = new Set(
  'nproc date git uname arch dpkg cat echo printf head tail cut tr sed awk grep jq basename dirname hostname id whoami'.split(
    ' ',
  ),
)

/** Whether a unit is one command, besides those whose output is part of it. */
function isAlone({ unit: { commands, text } }: Atom): boolean {
  if (commands.length === 1) return true
  return (
    commands.at(-1)?.text === text && commands.slice(0, -1).every((each) => TELLERS.has(each?.name ?? ''))
  )
}

/** What commands of the same RUN have written by then: a step that needs it (`cabal update`) is added behind them. */
function writesAbove({ atoms }: Step, atom: Atom): Log {
  return atoms.slice(0, atoms.indexOf(atom)).flatMap(({ writes }) => writes)
}

/** One step that serves all of several builds: the one that the others only narrow (`cargo fetch --target x`). */
function joinAnswers(answers: readonly (Answer | undefined)[]): Answer | undefined {
  const [first, ...others] = answers
  return others.reduce((joined, answer) => {
    if (joined === undefined || answer === undefined || joined.id !== answer.id) return undefined
    const [a, b] = [joined.fetch, answer.fetch]
    if ('code' in a) return joined
    if ('code' in b) return answer
    if (a.cwd !== b.cwd) return undefined
    if (a.command === b.command || b.command.startsWith(`${a.command} `)) return joined
    return a.command.startsWith(`${b.command} `) ? answer : undefined
  }, first)
}

function onlyStep(answer: Answer | undefined): Answer | undefined {
  return answer === undefined || 'code' in answer.fetch ? undefined : answer
}

interface Answer {
  readonly fetch: FetchStep | Reason
  readonly id: string
}

function askForFetch(input: TransformInput, command: Command, files: ImageFiles): Answer | undefined {
  for (const { fetch, id } of input.ecosystems) {
    const answer = fetch?.(command, files)
    if (answer !== undefined) return { fetch: answer, id }
  }
  return undefined
}

/** Whether a command builds a project. */
export function isBuild({ effects }: Atom): boolean {
  return effects.some((effect) => effect.role === 'build')
}

/** Whether a command only gives files other modes. */
export function isModeChange({ unit }: Atom): boolean {
  return unit.commands.every((command) => command?.name === 'chmod')
}

/**
 * Whether an earlier step of the stage already downloads what the manager needs, or its author builds once above the
 * sources to that end.
 */
function hasFetched(stage: StageBuild, at: number, id: string, input: TransformInput): boolean {
  const last = broadCopies(stage, at).at(-1)
  const sources = last === undefined ? at : stage.steps.indexOf(last)
  return stage.steps
    .slice(0, at + 1)
    .some(({ atoms }, index) =>
      atoms.some(
        (atom) =>
          atom.effects.some(
            ({ role }) => role === 'fetch' || role === 'install' || (role === 'build' && index < sources),
          ) && isOf(atom, id, input),
      ),
    )
}

/** Whether a command is one of a package manager. */
function isOf(atom: Atom, id: string, input: TransformInput): boolean {
  const manager = input.ecosystems.find((ecosystem) => ecosystem.id === id)
  const files = createImageFiles([], input.build.context, input.build.tolerance, [])
  return atom.unit.commands.some(
    (command) => command !== undefined && manager?.resolve(command, files) !== undefined,
  )
}
