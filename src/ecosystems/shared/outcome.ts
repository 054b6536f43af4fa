import type { Reason } from '../../findings/reasons.ts'
import type { KnownEffect, OpaqueEffect, Role, WriteEffect } from '../../model/types.ts'

/** What a check of one input finds: what it makes the install write, or why the install cannot be known. */
export type Outcome = Reason | readonly WriteEffect[]

/** Tells a reason from a value; no value of these modules has a `code`. */
export function isReason(value: unknown): value is Reason {
  return typeof value === 'object' && value !== null && 'code' in value
}

/** Checks one item after the other; the first reason ends it. */
export function collectOutcomes<T>(items: Iterable<T>, check: (item: T) => Outcome): Outcome {
  const writes: WriteEffect[] = []
  for (const item of items) {
    const outcome = check(item)
    if (isReason(outcome)) return outcome
    writes.push(...outcome)
  }
  return writes
}

/** What is known of a command that honours all variables but build stamps. */
export function knownEffect(role: Role, writes: readonly WriteEffect[] = []): KnownEffect {
  return { known: true, role, writes, env: 'all-but-stamps' }
}

/** An install that cannot be known. */
export function refuseInstall(reason: Reason): OpaqueEffect {
  return { known: false, role: 'install', reason }
}
