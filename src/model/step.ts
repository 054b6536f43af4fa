import { digest } from './digest.ts'
import { configure } from './configure.ts'
import { executeCopy } from './copy.ts'
import { toCopyForm, type CopyForm } from './copy-form.ts'
import { executeRun, type Atom, type Part } from './run.ts'
import { mountsOf } from './mounts.ts'
import { BASE_WORKDIR } from './paths.ts'
import { makeDirectories } from './copy.ts'
import type { Environment } from './environment.ts'
import type { Log, Tolerance, Write } from './log.ts'
import type { Read } from './image-files.ts'
import type { Dockerfile, Instruction } from '../dockerfile/types.ts'
import type { FileTree } from '../context/types.ts'
import type { Resolve } from './types.ts'

/** An instruction with what it read and wrote. */
export interface Step {
  readonly instruction: Instruction
  readonly before: Environment
  readonly after: Environment
  /** The files of the image after it. */
  readonly log: Log
  readonly reads: readonly Read[]
  readonly writes: readonly Write[]
  /** The commands of a RUN. */
  readonly atoms: readonly Atom[]
  /** The places at which a RUN can be cut. */
  readonly parts: readonly Part[]
  /** Whether they stand within brackets or a heredoc. */
  readonly framed: boolean
  /** What the `--mount` flags of a RUN show to its commands. */
  readonly mounts: readonly Write[]
  /** COPY and ADD. */
  readonly copy?: CopyForm
  /** The context paths that it copies or mounts. */
  readonly selected: readonly string[]
  /** Sources that match nothing in the context: the builder fails. */
  readonly missing: readonly string[]
  /** Variables that its text names. */
  readonly names: readonly string[]
}

export interface StepInput {
  readonly dockerfile: Dockerfile
  readonly instruction: Instruction
  readonly environment: Environment
  readonly log: Log
  readonly context: FileTree
  readonly tolerance: Tolerance
  readonly resolve: Resolve
  /** ARG before the first FROM: name to default. */
  readonly globals: ReadonlyMap<string, string | undefined>
  /** `--build-arg`: name to value. */
  readonly passedArgs: ReadonlyMap<string, string>
  readonly valueInStage: (from: string, path: string) => string
  /** Whether `--from` means a stage of the file, and no image. */
  readonly isStage: (from: string) => boolean
}

/** Executes one instruction. */
export function executeStep(input: StepInput): Step {
  const { instruction, environment, log } = input
  const by = instruction.original
  const idle: Step = {
    instruction,
    before: environment,
    after: environment,
    log,
    reads: [],
    writes: [],
    atoms: [],
    parts: [],
    framed: false,
    mounts: [],
    selected: [],
    missing: [],
    names: [],
  }
  switch (instruction.keyword) {
    case 'RUN': {
      const mounts = mountsOf(input)
      const {
        log: after,
        atoms,
        parts,
        framed,
      } = executeRun({
        ...input,
        mounts: mounts.writes,
        leftovers: mounts.leftovers,
      })
      return {
        ...idle,
        log: after,
        reads: [...mounts.reads, ...atoms.flatMap((atom) => atom.reads)],
        writes: [...mounts.leftovers, ...atoms.flatMap((atom) => atom.writes)],
        atoms,
        parts,
        framed,
        mounts: mounts.writes,
        selected: mounts.selected,
      }
    }
    case 'COPY':
    case 'ADD': {
      const form = toCopyForm(instruction, input.dockerfile, environment)
      if (form === undefined) return idle
      const { valueInStage, isStage, context } = input
      const result = executeCopy({
        form,
        heredocs: instruction.heredocs,
        log,
        context,
        valueInStage,
        isStage,
        by,
      })
      return {
        ...idle,
        log: [...log, ...result.writes],
        reads: result.reads,
        writes: result.writes,
        copy: form,
        selected: result.selected ?? [],
        missing: result.missing,
        names: form.names,
      }
    }
    case 'WORKDIR': {
      const { environment: after, names } = configure(input)
      const writes = makeDirectories(
        after.workdir,
        environment.user === 'root' ? '' : digest('workdir', environment.user),
        log,
        by,
      )
      // The base image's own working directory is there; a path with an unknown variable names no place.
      const made = after.workdir.replace(BASE_WORKDIR, '').includes('{')
        ? []
        : writes.filter(({ region }) => 'path' in region && region.path !== BASE_WORKDIR)
      return { ...idle, after, names, writes: made, log: [...log, ...made] }
    }
    default: {
      const { environment: after, names } = configure(input)
      return { ...idle, after, names }
    }
  }
}
