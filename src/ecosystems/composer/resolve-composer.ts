import { joinPath } from '../../model/paths.ts'
import { cacheWrites, composerHomes } from './composer-home.ts'
import { readProject } from './read-project.ts'
import { resolveInstaller } from './resolve-installer.ts'
import { isManifestInstall } from './find-fetch-step.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { lookAt } from '../shared/look.ts'
import { matchComposer, type ComposerCall } from './match-composer.ts'
import { findVerb, parseComposerOptions } from './options.ts'
import { words } from '../../effects/words.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

const EDITS = new Set(words('require req r remove rm update u upgrade bump reinstall'))
const TELLS = new Set(words('about list help --version -V'))
const ENV = ['COMPOSER*', 'PHP*', 'XDG_*']

/** https://getcomposer.org/doc/03-cli.md */
export function resolveComposer(command: Command, files: ImageFiles): Effect | undefined {
  const call = matchComposer(command, files)
  if (call === undefined) return resolveInstaller(command, files)
  // One that an earlier command has downloaded is as that left it.
  if (call.phar !== undefined && files.peekKind(call.phar) === 'unknown') files.kind(call.phar)
  else if (call.phar !== undefined) {
    const kind = lookAt(files, call.phar)
    if (isReason(kind)) return { known: false, reason: kind }
  }
  const verb = findVerb(call.args)
  switch (verb) {
    case 'install':
    case 'i':
      return resolveInstall(call, command, files)
    case 'global':
      return /^global (require|config)( |$)/.test(call.args.join(' '))
        ? globalTool(command, files, call)
        : { known: false }
    case 'config':
      return /(^| )(-g|--global)( |$)/.test(call.args.join(' '))
        ? globalTool(command, files, call)
        : { known: false }
    case 'clear-cache':
    case 'clearcache':
    case 'cc':
      return { known: true, role: 'none', writes: cacheWrites(command), env: ENV }
    case 'self-update':
    case 'selfupdate':
      return { known: true, role: 'tool', writes: [{ system: true }, ...cacheWrites(command)], env: ENV }
    default:
  }
  if (EDITS.has(verb ?? '')) {
    const file = files.origin(joinPath(command.cwd, command.env.get('COMPOSER') || 'composer.json'))
    return refuseInstall({ code: 'edits-manifest', command: command.text, file })
  }
  if (call.args.length === 1 && TELLS.has(call.args[0] ?? '')) {
    return { known: true, role: 'none', writes: [], env: ENV }
  }
  return { known: false }
}

/** Scripts and the autoloader need the sources: then it is a build, above which the packages can be fetched. */
function resolveInstall({ args }: ComposerCall, command: Command, files: ImageFiles): Effect {
  const options = parseComposerOptions(args)
  if (options === undefined || options.operands.length !== 1) return { known: false, role: 'build' }
  if (!isManifestInstall(options)) return { known: false, role: 'build' }
  const project = readProject(command, files, options)
  if (isReason(project)) return refuseInstall(project)
  return { known: true, role: 'install', writes: project.writes, env: 'all-but-stamps' }
}

/** Tools and settings of the user; a path repository would be given by an option of `config` that is not understood. */
function globalTool(command: Command, files: ImageFiles, { args }: ComposerCall): Effect {
  const local = args.some((arg) => arg !== undefined && /^(repositor|\.{0,2}\/|file:)/.test(arg))
  const secret = args.includes(undefined) && !/github-oauth|http-basic|gitlab|bearer/.test(command.text)
  if (local || secret) return { known: false }
  const homes = composerHomes(command)
  for (const dir of homes)
    for (const name of ['config.json', 'auth.json', 'composer.json']) files.kind(joinPath(dir, name))
  const trees = command.env.has('COMPOSER_HOME') ? homes : [...homes, '/tmp/vendor']
  const own = ['config.json', 'auth.json', 'composer.json', 'composer.lock'].map((name): WriteEffect => ({
    path: `/tmp/${name}`,
  }))
  return {
    known: true,
    role: 'tool',
    writes: [...trees.map((tree): WriteEffect => ({ tree, mode: 'merge' })), ...own, ...cacheWrites(command)],
    env: 'all-but-stamps',
  }
}
