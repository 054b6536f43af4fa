import { joinPath } from '../../model/paths.ts'
import { lookAt } from './look.ts'
import type { Config } from './config.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** Settings whose value is the path of a file that the manager reads. */
const FILE_SETTINGS = ['cafile', 'certfile', 'keyfile', 'script-shell', 'userconfig', 'globalconfig']

/** Variables that package managers and the programs that they start take paths from. */
const FILE_VARIABLES = /^(node|npm|yarn|pnpm|corepack|ssl|curl|requests|git|prisma|puppeteer|cypress)_/i

/** Records the files that settings name. */
export function lookAtSettings(
  files: ImageFiles,
  dir: string,
  command: Command,
  config: Config,
): Reason | undefined {
  for (const key of FILE_SETTINGS) {
    const value = config(key)
    // A bare word is a program on the PATH (`script-shell=bash`).
    if (value === undefined || (key === 'script-shell' && !value.includes('/'))) continue
    const kind = lookAt(files, resolveHome(dir, value, command.home))
    if (typeof kind === 'object') return kind
  }
  const options = config('node-options')
  return options === undefined ? undefined : checkNodeOptions(files, dir, command.text, options)
}

/** Records the files that the environment names; NODE_OPTIONS may load code of the project into every process. */
export function lookAtVariables(files: ImageFiles, dir: string, command: Command): Reason | undefined {
  for (const [name, value] of command.env) {
    if (!FILE_VARIABLES.test(name)) continue
    if (name === 'NODE_OPTIONS') {
      const reason =
        value === undefined
          ? ({ code: 'unknown-argument', text: name } as const)
          : checkNodeOptions(files, dir, `${name}=${value}`, value)
      if (reason !== undefined) return reason
      continue
    }
    for (const word of (value ?? '').split(/[\s=:,;]+/)) {
      if (!/^\.{0,2}\//.test(word)) continue
      const path = joinPath(dir, word)
      // Directories (NODE_PATH, PNPM_HOME) are places to search or to write.
      const kind = files.peekKind(path)
      if (kind === 'dir' || kind === 'absent') continue
      if (files.kind(path) === 'symlink') return { code: 'symlink', file: files.origin(path) }
    }
  }
  return undefined
}

function checkNodeOptions(files: ImageFiles, dir: string, text: string, options: string): Reason | undefined {
  for (const match of options.matchAll(
    /(?:^|\s)(?:-r|--(?:require|import|loader|experimental-loader))[\s=]+(\S+)/g,
  )) {
    const file = (match[1] ?? '').replace(/^(["'])(.*)\1$/, '$2').replace(/^file:\/\//, '')
    if (!/^\.{0,2}\//.test(file)) continue
    const path = joinPath(dir, file)
    if (files.peekKind(path) !== 'absent') return { code: 'reads-sources', text, path: files.origin(path) }
  }
  return undefined
}

/** Resolves a path of a setting; `~/` is the home directory. */
export function resolveHome(dir: string, path: string, home: string): string {
  return path.startsWith('~/') ? joinPath(home, path.slice(2)) : joinPath(dir, path)
}
