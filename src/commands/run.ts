import { isUserError } from '../errors.ts'
import type { Io } from './io.ts'
import { readVersion } from './read-version.ts'

/** The whole program but for the process: arguments without the program's name in, exit code out. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  // Hooks ask for nothing but the version often enough that it should not load the option parser.
  if (argv.length === 1 && argv[0] === '--version') {
    io.stdout(`${readVersion()}\n`)
    return 0
  }
  try {
    const { runProgram } = await import('./program.ts')
    return await runProgram(argv, io)
  } catch (error) {
    io.stderr(toMessage(error))
    return 2
  }
}

function toMessage(error: unknown): string {
  if (isUserError(error)) return `error: ${error.message}\n`
  const stack = error instanceof Error ? error.stack : String(error)
  return `${stack}\nThis is a bug in dockerfix: please report it with the lines above.\n`
}
