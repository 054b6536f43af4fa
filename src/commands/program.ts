import { Command, CommanderError, Option } from 'commander'
import type { Io } from './io.ts'
import { readVersion } from './read-version.ts'

/** The options of the command line, as commander names them. */
export interface Flags {
  readonly write?: boolean
  readonly check?: boolean
  readonly patch?: string
  readonly format: 'pretty' | 'json' | 'diff'
  readonly context?: string
  readonly transform?: readonly string[]
  readonly skip?: readonly string[]
  readonly stdinFilepath?: string
  /** A path, `true` for the config file that is found, `false` for none. */
  readonly config: string | boolean
  readonly color?: boolean
  readonly quiet?: boolean
}

const examples = `
Examples:
  dockerfix                          show what would change in this repository, and why
  dockerfix --write                  change it
  dockerfix --check                  exit with 1 when something would change, for CI
  dockerfix api/Dockerfile --write   one Dockerfile, with its ignore file
  dockerfix --format diff | git apply
  dockerfix --patch dockerfix.patch && git apply dockerfix.patch
  dockerfix --context . docker/api.Dockerfile
  dockerfix --stdin-filepath api/Dockerfile < api/Dockerfile

Exit codes: 0 done or nothing to do, 1 --check found work, 2 something is wrong.
`

/** Reads the arguments and runs the command. The exit code; usage errors are told and give 2. */
export async function runProgram(argv: readonly string[], io: Io): Promise<number> {
  let exitCode = 0
  const program = toProgram(io).action(async (paths: readonly string[], flags: Flags) => {
    if (flags.stdinFilepath !== undefined) {
      if (paths.length > 0) program.error("error: option '--stdin-filepath <path>' cannot be used with paths")
      const { fixStdin } = await import('./fix-stdin.ts')
      exitCode = await fixStdin(flags.stdinFilepath, flags, io)
    } else {
      const { fix } = await import('./fix.ts')
      exitCode = await fix(paths, flags, io)
    }
  })
  try {
    await program.parseAsync(argv, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? 0 : 2
  }
  return exitCode
}

function toProgram(io: Io): Command {
  const option = (flags: string, description: string): Option => new Option(flags, description)
  const names = (value: string, before: readonly string[] = []): readonly string[] => [
    ...before,
    ...value.split(',').flatMap((name) => name.trim() || []),
  ]
  return new Command('dockerfix')
    .description('Rewrites Dockerfiles so that they rebuild fast, and proves that the image stays the same.')
    .argument('[paths...]', 'Dockerfiles, or folders to search; the working directory when there is none')
    .addOption(option('--write', 'change the files').conflicts('check'))
    .addOption(option('--check', 'exit with 1 when something would change'))
    .addOption(option('--patch <file>', 'write one patch over everything, `-` for the standard output'))
    .addOption(
      option('--format <name>', 'how to report').choices(['pretty', 'json', 'diff']).default('pretty'),
    )
    .addOption(option('--context <dir>', 'the build context of the Dockerfiles'))
    .addOption(
      option('--transform <names>', 'run only these transforms, separated by commas').argParser(names),
    )
    .addOption(option('--skip <names>', 'do not run these transforms').argParser(names))
    .addOption(
      option(
        '--stdin-filepath <path>',
        'read a Dockerfile from the standard input, as if it stood at the path',
      ).conflicts(['write', 'check', 'patch']),
    )
    .addOption(option('--config <file>', 'the config file, instead of the one that is found'))
    .addOption(option('--no-config', 'use no config file'))
    .addOption(option('--color', 'use colours, even when the output is no terminal'))
    .addOption(option('--no-color', 'use no colours'))
    .addOption(option('--quiet', 'print only the paths of the Dockerfiles that change'))
    .version(readVersion(), '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .addHelpText('after', examples)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr })
}
