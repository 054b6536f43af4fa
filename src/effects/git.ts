import { baseName, joinPath } from '../model/paths.ts'
import { hasOption, parseOptions } from './options.ts'
import { toPath, toTarget, upwards } from './targets.ts'
import { OPAQUE, toEffect } from './work.ts'
import { words } from './words.ts'
import type { Argument, Command, Effect, EnvEffect, ImageFiles } from '../model/types.ts'

/** Variables that git reads; names such as GIT_SHA are a project's own. */
const ENV: EnvEffect = words(`
  GIT_CONFIG* GIT_SSH* GIT_SSL_* GIT_HTTP_* GIT_ASKPASS GIT_TERMINAL_PROMPT GIT_PROXY* GIT_DIR
  GIT_WORK_TREE GIT_TEMPLATE_DIR GIT_ALLOW_PROTOCOL GIT_LFS_* GIT_EXEC_PATH GIT_CEILING*
  GIT_INDEX_FILE GIT_OBJECT_DIRECTORY GIT_ALTERNATE* SSH_* XDG_CONFIG_HOME
`)
const CONFIG = ['.gitconfig', '.config/git/config', '.config/git/attributes', '.git-credentials', '.netrc']
const CLONE_VALUED = words(`
  -b --branch --depth -o --origin -c --config -j --jobs --filter --shallow-since --shallow-exclude -u
  --upload-pack --server-option --revision --bundle-uri
`)
/** These read or write other directories. */
const CLONE_UNUSUAL = words(
  '--reference --reference-if-able --template --separate-git-dir -l --local -s --shared',
)

/** `git clone`, `git init` and the user's configuration; all else works on the repository that the directory is in. */
export function resolveGit(command: Command, files: ImageFiles): Effect | undefined {
  const [verb, ...args] = command.args
  switch (verb) {
    case 'clone':
      return resolveClone(command, files, args)
    case 'init':
      return resolveInit(command, files, args)
    case 'config':
      return resolveConfig(command, files, args)
    case 'lfs':
      return args[0] === 'install' && args.length === 1 ? changeConfig(command, files, false) : OPAQUE
    default:
      return undefined
  }
}

function resolveClone(command: Command, files: ImageFiles, args: readonly Argument[]): Effect {
  const options = parseOptions(args, CLONE_VALUED)
  const [url, target, ...more] = options.operands
  if (hasOption(options, ...CLONE_UNUSUAL) || more.length > 0 || options.operands.length === 0) return OPAQUE
  // A URL that is not known may be a directory of the image.
  const remote =
    url === undefined
      ? /\b(https?|ssh|git):\/\//.test(command.text)
      : /^(https?|ssh|git):\/\/|^[\w.-]+@[\w.-]+:/.test(url)
  if (!remote) return OPAQUE
  const given = options.operands.length > 1
  const dir = given ? toPath(command, target) : url === undefined ? command.cwd : toPath(command, toName(url))
  if (dir === undefined) return OPAQUE
  return toEffect(files, {
    role: 'download',
    looks: configFiles(command),
    reads: [joinPath(command.home, '.ssh')],
    writes: [{ tree: dir, mode: 'merge' }],
    env: ENV,
    system: true,
  })
}

function toName(url: string): string {
  return baseName(url.replace(/\/+$/, ''))
    .replace(/^.*:/, '')
    .replace(/\.git$/, '')
}

/** An empty repository in the directory; one that is there keeps what it has. https://git-scm.com/docs/git-init */
function resolveInit(command: Command, files: ImageFiles, args: readonly Argument[]): Effect {
  const options = parseOptions(args, words('-b --initial-branch --object-format --ref-format'))
  const [target = '.', ...more] = options.operands
  const unusual = hasOption(options, '--template', '--separate-git-dir', '--shared', '--bare')
  const elsewhere = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_TEMPLATE_DIR'].some((name) => command.env.has(name))
  // Directories on the way to another one would be made, too.
  const here = !options.operands.includes(undefined) && toPath(command, target) === command.cwd
  if (unusual || elsewhere || !here || more.length > 0) return OPAQUE
  const repository = joinPath(command.cwd, '.git')
  return toEffect(files, {
    role: 'files',
    looks: configFiles(command),
    reads: [repository],
    writes: [{ tree: repository, mode: 'merge' }],
    env: ENV,
    system: true,
  })
}

function resolveConfig(command: Command, files: ImageFiles, args: readonly Argument[]): Effect {
  const options = parseOptions(args, words('-f --file --blob --type --default --comment --value'))
  if (hasOption(options, '-f', '--file', '--blob', '--local', '--worktree', '-e', '--edit')) return OPAQUE
  if (!hasOption(options, '--global', '--system')) return OPAQUE
  return changeConfig(command, files, hasOption(options, '--system'))
}

/** Even then git looks for a repository around the directory, and fails when its `.git` is broken. */
function changeConfig(command: Command, files: ImageFiles, system: boolean): Effect {
  const around = upwards(command.cwd).map((dir) => joinPath(dir, '.git'))
  const path = joinPath(command.home, '.gitconfig')
  const other = toTarget(command, '~/.config/git')
  return toEffect(files, {
    role: 'files',
    looks: [...around, ...configFiles(command)],
    writes: system ? [{ system: true }] : [{ path }, { tree: other?.path ?? path, mode: 'merge' }],
    env: ENV,
    system: true,
  })
}

function configFiles(command: Command): readonly string[] {
  return CONFIG.map((name) => joinPath(command.home, name))
}
