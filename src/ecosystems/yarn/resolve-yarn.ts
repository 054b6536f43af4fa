import { joinPath } from '../../model/paths.ts'
import { findNestedMembers } from './find-nested-members.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { lookAt } from '../shared/look.ts'
import { matchManager, type Invocation } from '../shared/match-manager.ts'
import { OPTIONS } from './options.ts'
import { isModern } from './is-modern.ts'
import { parseOptions } from '../shared/parse-options.ts'
import { readPackage, type PackageInfo } from '../shared/read-package.ts'
import { readLockfiles } from '../shared/read-lockfiles.ts'
import { resolveClassic } from './resolve-classic.ts'
import { resolveModern } from './resolve-modern.ts'
import { resolveTool } from './resolve-tool.ts'
import type { Command, Effect, ImageFiles } from '../../model/types.ts'

/** One `yarn install`, however it is spelled. */
export interface YarnRequest {
  readonly invocation: Invocation
  readonly flags: ReadonlyMap<string, string>
  /** Absolute directory that the install runs in. */
  readonly dir: string
  /** `yarn workspaces focus`. */
  readonly focused: boolean
  /** The members that it names; none, or absent, for the one of the directory. */
  readonly focusedOn?: readonly string[]
}

export function resolveYarn(command: Command, files: ImageFiles): Effect | undefined {
  const invocation = matchYarn(command)
  if (invocation === undefined) return undefined
  const { args } = invocation
  const options = parseOptions(args, OPTIONS)
  if (options === undefined) {
    const action = args.find((arg) => arg === undefined || !arg.startsWith('-'))
    return action === 'install'
      ? refuseInstall({ code: 'unknown-argument', text: command.text })
      : { known: false }
  }
  const { words, flags } = options
  const [action, ...rest] = words
  if (flags.has('version') || flags.has('help'))
    return { known: true, role: 'none', writes: [], env: ['YARN_*'] }
  const dir = joinPath(command.cwd, flags.get('cwd') ?? '.')
  const focused = action === 'workspaces' && rest[0] === 'focus'
  if (action === 'add' || action === 'remove' || action === 'up' || action === 'upgrade') {
    const file = files.origin(joinPath(dir, 'package.json'))
    return refuseInstall({ code: 'edits-manifest', command: command.text, file })
  }
  const inMember = action === 'workspace' && rest.length === 2 && rest[1] === 'install'
  const member = inMember ? findMember(files, dir, rest[0] ?? '') : undefined
  const installs = action === undefined || (action === 'install' && rest.length === 0)
  if (!installs && !focused && member === undefined) return resolveTool(command, files, words, flags)
  const focusedOn = focused ? rest.slice(1) : []
  const request = { invocation, flags, dir: member?.dir ?? dir, focused, focusedOn }
  const effect = resolveProject(command, files, request)
  return readLockfiles(effect, files, dir, ['yarn.lock'])
}

function resolveProject(command: Command, files: ImageFiles, request: YarnRequest): Effect {
  const release = lookAtRelease(command, files)
  if (release !== undefined) return release
  const modern = isModern(command, files, request)
  if (isReason(modern)) return refuseInstall(modern)
  return modern ? resolveModern(command, files, request) : resolveClassic(command, files, request)
}

/** `yarn workspace x install` is an install from the directory of that member. */
function findMember(files: ImageFiles, dir: string, name: string): PackageInfo | undefined {
  const root = readPackage(files, dir)
  if (root === undefined || isReason(root)) return undefined
  const members = findNestedMembers(files, root, 'modern')
  return isReason(members) ? undefined : members.find(({ json }) => json['name'] === name)
}

/** `yarn`, `corepack yarn`, `npx yarn@1` or `node .yarn/releases/yarn-4.0.0.cjs`. */
function matchYarn(command: Command): Invocation | undefined {
  if (command.name === 'node' && isRelease(command.args[0])) return { args: command.args.slice(1) }
  return matchManager(command, ['yarn', 'yarnpkg'])
}

function isRelease(arg: string | undefined): boolean {
  return arg !== undefined && /(^|\/)\.yarn\/releases\/yarn-[^/]*\.c?js$/.test(arg)
}

function lookAtRelease({ name, args, cwd, text }: Command, files: ImageFiles): Effect | undefined {
  const [release] = args
  if (name !== 'node' || release === undefined) return undefined
  const path = joinPath(cwd, release)
  const kind = lookAt(files, path)
  if (kind === 'file') return undefined
  if (isReason(kind)) return refuseInstall(kind)
  return refuseInstall({ code: 'missing-file', file: files.origin(path), command: text })
}
