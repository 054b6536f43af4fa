import { joinPath } from '../../model/paths.ts'
import { BUILDS, tells } from '../shared/tells.ts'
import { cacheHome } from '../shared/scene.ts'
import { hasFlag, lastValue, parseKnownOptions, type ParsedOptions } from '../shared/parse-known-options.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { lookAt } from '../shared/look.ts'
import { OPTIONS } from './options.ts'
import { readPackage } from './read-package.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

/** What a swift command does. */
export function resolveSwift(command: Command, files: ImageFiles): Effect | undefined {
  if (!isInstalled(command, files, ['swift'])) return undefined
  const [verb] = command.args
  if (verb === '--version') return tells([])
  if (verb === 'build' || verb === 'test' || verb === 'run') return BUILDS
  if (verb !== 'package') return { known: false }
  const options = parseKnownOptions(command.args, OPTIONS)
  if (options === undefined) {
    const resolves = command.args.some((arg) => arg === 'resolve' || arg === 'update')
    return resolves ? refuseInstall({ code: 'unknown-argument', text: command.text }) : { known: false }
  }
  const [, action, ...rest] = options.operands
  if ((action !== 'resolve' && action !== 'update') || rest.length > 0) return { known: false }
  return resolvePackages(command, files, options, action === 'update')
}

function resolvePackages(
  command: Command,
  files: ImageFiles,
  options: ParsedOptions,
  update: boolean,
): Effect {
  const { cwd, home, text } = command
  const dir = joinPath(cwd, lastValue(options, '--package-path') ?? '.')
  const manifest = joinPath(dir, 'Package.swift')
  const found = readPackage(command, files, dir)
  if (isReason(found)) return refuseInstall(found)
  if (found === undefined) {
    return refuseInstall({ code: 'missing-file', file: files.origin(manifest), command: text })
  }
  const resolved = joinPath(dir, 'Package.resolved')
  const lock = lookAt(files, resolved)
  if (isReason(lock)) return refuseInstall(lock)
  if (update && lock === 'file') {
    return refuseInstall({ code: 'edits-manifest', command: text, file: files.origin(resolved) })
  }
  const configuration = joinPath(dir, '.swiftpm/configuration')
  files.readTree(joinPath(cwd, lastValue(options, '--config-path') ?? configuration))
  for (const name of ['.netrc', '.gitconfig']) files.kind(joinPath(home, name))
  files.readTree(joinPath(home, '.swiftpm/configuration'))
  const named = lastValue(options, '--netrc-file')
  if (named !== undefined) files.kind(joinPath(cwd, named))
  const frozen = hasFlag(
    options,
    '--force-resolved-versions',
    '--only-use-versions-from-resolved-file',
    '--disable-automatic-resolution',
  )
  const scratch = lastValue(options, '--scratch-path', '--build-path')
  const build = joinPath(cwd, scratch ?? joinPath(dir, '.build'))
  files.readTree(build)
  const own: WriteEffect = lock === 'file' ? { path: resolved, allow: 'lockfile' } : { path: resolved }
  return {
    known: true,
    role: 'install',
    writes: [
      // A build resolves again, and leaves what it needs there.
      {
        tree: build,
        mode: 'merge',
        allow: 'warm-up',
        ...(scratch === undefined ? { ignore: '**/.build' } : {}),
      },
      ...(frozen ? [] : [own]),
      {
        tree: joinPath(cwd, lastValue(options, '--cache-path') ?? `${cacheHome(command)}/org.swift.swiftpm`),
        mode: 'merge',
        allow: 'cache',
      },
      { tree: joinPath(home, '.swiftpm'), mode: 'merge', allow: 'cache' },
    ],
    env: found.usesEnvironment ? 'all' : 'all-but-stamps',
  }
}
