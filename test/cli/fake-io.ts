import type { Io } from '../../src/commands/io.ts'

export interface FakeIo extends Io {
  /** All that was written so far. */
  readonly out: () => string
  readonly err: () => string
}

/** An `Io` without a process, whose input is given and whose output is kept. */
export function createFakeIo(
  options: Partial<Omit<Io, 'stdin'>> & { readonly input?: string | Uint8Array } = {},
): FakeIo {
  const { input = '', ...rest } = options
  let out = ''
  let err = ''
  return {
    cwd: '/',
    env: {},
    isTTY: false,
    isErrorTTY: false,
    stdin: async () => (typeof input === 'string' ? new TextEncoder().encode(input) : input),
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
    deferInterrupts: () => {},
    ...rest,
    out: () => out,
    err: () => err,
  }
}
