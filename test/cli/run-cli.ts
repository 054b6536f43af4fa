import { run } from '../../src/commands/run.ts'
import { createFakeIo } from './fake-io.ts'

export interface Result {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the program in this process. */
export async function runCli(
  cwd: string,
  argv: readonly string[],
  options: Omit<Parameters<typeof createFakeIo>[0] & {}, 'cwd'> = {},
): Promise<Result> {
  const io = createFakeIo({ ...options, cwd })
  const code = await run(argv, io)
  return { code, out: io.out(), err: io.err() }
}
