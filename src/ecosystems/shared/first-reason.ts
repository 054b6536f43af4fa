import type { Reason } from '../../findings/reasons.ts'

/** Checks one item after the other; the first reason ends it. */
export function firstReason<T>(
  items: Iterable<T>,
  check: (item: T) => Reason | undefined,
): Reason | undefined {
  for (const item of items) {
    const reason = check(item)
    if (reason !== undefined) return reason
  }
  return undefined
}
