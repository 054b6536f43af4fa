import type { Io } from './io.ts'

export interface Progress {
  readonly tick: (done: number, total: number) => void
  /** Removes the line, if there is one. */
  readonly end: () => void
}

/** A counter on the standard error output of a terminal, for runs that last longer than half a second. */
export function startProgress(io: Io, now: () => number = Date.now): Progress {
  if (!io.isErrorTTY || io.env['CI'] || io.env['NO_COLOR']) return { tick: () => {}, end: () => {} }
  let next = now() + 500
  let shown = ''
  return {
    tick: (done, total) => {
      if (now() < next) return
      next = now() + 100
      shown = `${done} of ${total} Dockerfiles`
      io.stderr(`\r${shown}`)
    },
    end: () => {
      if (shown !== '') io.stderr(`\r${' '.repeat(shown.length)}\r`)
    },
  }
}
