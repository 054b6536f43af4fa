import { parentPath } from '../model/paths.ts'
import { archives } from './archives.ts'
import { copies } from './copies.ts'
import { directories } from './directories.ts'
import { downloads } from './downloads.ts'
import { resolveFind } from './find.ts'
import { resolveGit } from './git.ts'
import { resolveGpg } from './gpg.ts'
import { modes } from './modes.ts'
import { phpExtensions } from './php-extensions.ts'
import { queries } from './queries.ts'
import { addRedirections } from './redirections.ts'
import { resolveRemoteScript } from './remote-scripts.ts'
import { resolveVersion, shellCommands } from './shell-commands.ts'
import { systemConfig } from './system-config.ts'
import { systemPackages } from './system-packages.ts'
import { textFiles } from './text-files.ts'
import { tools } from './tools.ts'
import { users } from './users.ts'
import { IDLE } from './work.ts'
import type { Command, Resolve } from '../model/types.ts'

/** Every well-known command that belongs to no ecosystem, by name. */
export const effects: ReadonlyMap<string, Resolve> = new Map(
  Object.entries({
    ...systemPackages,
    ...systemConfig,
    ...phpExtensions,
    ...users,
    ...downloads,
    ...archives,
    ...directories,
    ...modes,
    ...copies,
    ...textFiles,
    ...shellCommands,
    ...queries,
    ...tools,
    'remote-script': resolveRemoteScript,
    find: resolveFind,
    git: resolveGit,
    gpg: resolveGpg,
    gpg2: resolveGpg,
  }),
)

/** What a well-known command does, its redirections included. */
export const resolveEffect: Resolve = (command, files) => {
  if (isOnlyRedirection(command)) return addRedirections(IDLE, command, files)
  const { name, program } = command
  if (name === undefined || program === undefined || !isSystemProgram(program)) return undefined
  const effect = resolveVersion(command, files) ?? effects.get(name)?.(command, files)
  return effect === undefined ? undefined : addRedirections(effect, command, files)
}

/** `> file` without a command makes an empty file. */
function isOnlyRedirection(command: Command): boolean {
  return command.program === undefined && command.args.length === 0 && /^\s*\d?[<>]/.test(command.text)
}

/** A name that PATH finds, or a program of the operating system: `./install` is a file of the project. */
function isSystemProgram(program: string): boolean {
  return !program.includes('/') || /^\/(usr\/(local\/)?)?s?bin$/.test(parentPath(program))
}
