import { dependsOnVariable } from './environment.ts'
import { overlaps } from './region.ts'
import { findInWrite, type Read } from './image-files.ts'
import type { Write } from './log.ts'
import type { Step } from './step.ts'

/**
 * Whether two steps of a stage, `first` above `second`, may not swap: one reads or writes what the other writes, or sets
 * what the other uses. An estimate that guides proposals; the proof decides.
 */
export function conflicts(first: Step, second: Step): boolean {
  return setsFor(first, second) || setsFor(second, first) || filesConflict(first, second)
}

/** Whether `setter` is an instruction that changes what `user` means. */
function setsFor(setter: Step, user: Step): boolean {
  const keyword = setter.instruction.keyword
  const other = user.instruction.keyword
  switch (keyword) {
    case 'ARG':
    case 'ENV':
      return setter.instruction.pairs.some(({ name }) => usesVariable(user, name))
    case 'WORKDIR':
      return usesWorkdir(user)
    case 'USER':
      return other === 'RUN' || other === 'WORKDIR' || other === 'USER'
    case 'SHELL':
      return other === 'RUN' || ['CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'SHELL'].includes(other)
    case 'VOLUME':
      return user.writes.some((write) =>
        [...setter.after.volumes].some((path) => overlaps(write.region, { kind: 'tree', path })),
      )
    case 'FROM':
    case 'ONBUILD':
      return true
    case 'CMD':
    case 'ENTRYPOINT':
      return other === 'CMD' || other === 'ENTRYPOINT'
    case 'LABEL':
      return (
        other === 'LABEL' &&
        setter.instruction.pairs.some(({ name }) => user.instruction.pairs.some((pair) => pair.name === name))
      )
    case 'HEALTHCHECK':
    case 'STOPSIGNAL':
    case 'MAINTAINER':
      return other === keyword
    default:
      return false
  }
}

function usesVariable(step: Step, name: string): boolean {
  const { instruction } = step
  if (step.names.includes(name)) return true
  if (instruction.keyword === 'ENV' || instruction.keyword === 'ARG') {
    return instruction.pairs.some((pair) => pair.name === name)
  }
  return step.atoms.some((atom) =>
    atom.effects.some((effect) =>
      dependsOnVariable(effect.known ? effect.env : 'all', atom.unit.spelled, name),
    ),
  )
}

function usesWorkdir(step: Step): boolean {
  switch (step.instruction.keyword) {
    case 'WORKDIR':
      return true
    case 'COPY':
    case 'ADD':
      return !(step.copy?.destination.value ?? '').startsWith('/')
    case 'RUN':
      return !step.atoms.every((atom) =>
        atom.effects.every((effect) => effect.known && ['system', 'tool', 'none'].includes(effect.role)),
      )
    default:
      return false
  }
}

function filesConflict(first: Step, second: Step): boolean {
  const both = (a: Step, b: Step): boolean =>
    a.writes.some((write) => b.reads.some((read) => readTouches(read, write)))
  if (both(first, second) || both(second, first)) return true
  return first.writes.some((write) =>
    second.writes.some(
      (other) =>
        !(write.directory === true && other.directory === true && write.value === other.value) &&
        overlaps(write.region, other.region),
    ),
  )
}

function readTouches(read: Read, write: Write): boolean {
  const { region } = write
  switch (read.kind) {
    case 'all':
      return true
    case 'system':
      return overlaps(region, { kind: 'system', ...(read.served === false ? { served: false } : {}) })
    case 'mount':
      return false
    case 'find':
      return read.search !== undefined && findInWrite(write, read.search.dir, read.search.glob).length > 0
    default:
      return overlaps(region, { kind: read.kind, path: read.path })
  }
}
