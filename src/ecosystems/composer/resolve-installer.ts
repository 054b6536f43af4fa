import { joinPath } from '../../model/paths.ts'
import { toPath } from '../../effects/targets.ts'
import { composerHomes } from './composer-home.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

const ENV = ['COMPOSER*', 'PHP*', 'XDG_*']
const OPTION =
  /^--(install-dir=.+|filename=[\w.-]+|version=[\w.-]+|1|2|2\.2|preview|snapshot|stable|quiet|no-ansi|ansi|disable-tls|force)$/

/**
 * Composer's installer as people call it, and the one-line programs that its page tells them to write around it.
 * https://getcomposer.org/download/
 */
export function resolveInstaller(command: Command, files: ImageFiles): Effect | undefined {
  const { name, args } = command
  if (name === 'remote-script') {
    return /^https:\/\/getcomposer\.org\/installer$/.test(args[0] ?? '')
      ? runInstaller(command, args.slice(1))
      : undefined
  }
  if (name === undefined || !/^php[\d.]*$/.test(name)) return undefined
  const [first, second, ...rest] = args
  if (first === '-r' && second !== undefined && rest.length === 0) return runLine(command, files, second)
  if (first === undefined || !/^(\/.+\/|\.\/)?composer-setup\.php$/.test(first)) return undefined
  // What an earlier command has downloaded under the name that the page gives it; a file of the project may be anything.
  const setup = joinPath(command.cwd, first)
  return files.kind(setup) === 'unknown' ? runInstaller(command, args.slice(1)) : undefined
}

function runInstaller(command: Command, args: Command['args']): Effect {
  const words = args.map((arg, index) => (args[index - 1] === '--install-dir' ? '--quiet' : arg))
  const spaced = args[args.indexOf('--install-dir') + 1]
  const given = args.includes('--install-dir') ? spaced : valueOf(args, '--install-dir=')
  const dir = toPath(command, given ?? '.')
  const known = words.every((word) => word === '--install-dir' || (word !== undefined && OPTION.test(word)))
  if (dir === undefined || !known) return { known: false }
  const homes = composerHomes(command).map((tree): WriteEffect => ({ tree, mode: 'merge', allow: 'cache' }))
  const program = joinPath(dir, valueOf(args, '--filename=') ?? 'composer.phar')
  return { known: true, role: 'tool', writes: [{ path: program }, ...homes], env: ENV }
}

function valueOf(args: Command['args'], option: string): string | undefined {
  return args.findLast((arg) => arg?.startsWith(option))?.slice(option.length)
}

/** `php -r "copy('https://getcomposer.org/installer', 'composer-setup.php');"`, the check of its sum, and its removal. */
function runLine(command: Command, files: ImageFiles, code: string): Effect | undefined {
  const setup = joinPath(command.cwd, 'composer-setup.php')
  const changes = (role: 'download' | 'files'): Effect => {
    files.kind(setup)
    return { known: true, role, writes: [{ path: setup }], env: ENV }
  }
  const text = code.trim().replaceAll('"', "'")
  if (/^copy\('https:\/\/getcomposer\.org\/installer', ?'composer-setup\.php'\);?$/.test(text))
    return changes('download')
  if (/^unlink\('composer-setup\.php'\);?$/.test(text)) return changes('files')
  const check =
    /^if \(hash_file\('sha384', ?'composer-setup\.php'\) ?===? ?'[^']*'\) \{ ?echo '[^']*'(?:\.PHP_EOL)?; ?\} else \{ ?echo '[^']*'(?:\.PHP_EOL)?; ?unlink\('composer-setup\.php'\); ?(?:exit\(1\); ?)?\}(?: echo PHP_EOL;)?$/
  return check.test(text) ? changes('files') : undefined
}
