import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions, type Looks } from './fake-files.ts'
import type { Ecosystem, Effect, FetchStep, WriteEffect } from '../../src/model/types.ts'
import type { Reason } from '../../src/findings/reasons.ts'

export type Texts = Readonly<Record<string, string>>
export type Changes = Parameters<typeof toCommand>[1]

/** What an ecosystem says of a command, and what it looked at to say so. */
export interface Run extends Looks {
  readonly effect: Effect | undefined
  readonly fetch: FetchStep | Reason | undefined
  readonly writes: readonly WriteEffect[]
  /** Paths of writes that no allowance covers; `system` for the system's directories. */
  readonly kept: readonly string[]
}

/** Runs commands of one ecosystem on image files; `texts` are what a project has unless a test says otherwise. */
export function createRun(ecosystem: Ecosystem, texts: Texts) {
  return (text: string, own: Texts = texts, changes: Changes = {}, options: FakeOptions = {}): Run => {
    const { files, looks } = fakeFiles(own, options)
    const effect = ecosystem.resolve(toCommand(text, changes), files)
    const fetch = ecosystem.fetch?.(toCommand(text, changes), fakeFiles(own, options).files)
    const writes = effect?.known === true ? effect.writes : []
    const kept = writes.filter((write) => write.allow === undefined).map(placeOf)
    return { effect, fetch, writes, kept, ...looks() }
  }
}

export function placeOf(write: WriteEffect): string {
  if ('system' in write) return 'system'
  return 'path' in write ? write.path : write.tree
}

/** An install that is refused. */
export function refusal(reason: Reason): Effect {
  return { known: false, role: 'install', reason }
}
