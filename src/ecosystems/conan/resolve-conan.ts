import { joinPath, parentPath } from '../../model/paths.ts'
import { BUILDS, tells } from '../shared/tells.ts'
import { checkProfiles } from './check-profiles.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { lastValue, parseKnownOptions, type ParsedOptions } from '../shared/parse-known-options.ts'
import { lookAt } from '../shared/look.ts'
import { lookUpwards } from '../shared/look-upwards.ts'
import { OPTIONS, spreadOptions } from './options.ts'
import { outputWrites } from './output-writes.ts'
import { readConanfile } from './read-conanfile.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

/** What a conan command does. */
export function resolveConan(command: Command, files: ImageFiles): Effect | undefined {
  if (!isInstalled(command, files, ['conan'])) return undefined
  const { args, text } = command
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-v')) return tells(['CONAN_*'])
  const verb = args.find((arg) => arg === undefined || !arg.startsWith('-'))
  if (verb === 'build' || verb === 'create') return BUILDS
  const options = parseKnownOptions(spreadOptions(args), OPTIONS)
  if (options === undefined)
    return verb === 'install' ? refuseInstall({ code: 'unknown-argument', text }) : { known: false }
  const [, action, ...rest] = options.operands
  if (verb === 'install') return resolveInstall(command, files, options)
  const tool: Effect = { known: true, role: 'tool', writes: homeWrites(command), env: 'all-but-stamps' }
  if (verb === 'profile')
    return /^(detect|new|update|path|list|show)$/.test(action ?? '') ? tool : { known: false }
  if (verb === 'remote')
    return /^(add|remove|update|login|list|disable|enable|set-user|clean)$/.test(action ?? '')
      ? tool
      : { known: false }
  if (verb === 'user') return tool
  if (verb !== 'config') return { known: false }
  const remote = action === 'install' && rest.length === 1 && /^(https?:|git@|ssh:)/.test(rest[0] ?? '')
  return remote || action === 'set' || action === 'home' ? tool : { known: false }
}

/** Generated files refer to packages there by their absolute path, so that it is no mere cache. */
function homeWrites({ env, home, cwd }: Command): readonly WriteEffect[] {
  const second = env.get('CONAN_HOME') || joinPath(home, '.conan2')
  const first = joinPath(env.get('CONAN_USER_HOME') || home, '.conan')
  return [second, first].map((tree) => ({ tree: joinPath(cwd, tree), mode: 'merge' }))
}

function resolveInstall(command: Command, files: ImageFiles, options: ParsedOptions): Effect {
  const { cwd, text } = command
  const [, spelled, ...others] = options.operands
  const names = ['--requires', '--tool-requires', '--deployer', '-d']
  if (others.length > 0 || names.some((name) => options.values.has(name))) return { known: false }
  if (spelled === undefined) return { known: false }
  const found = readConanfile(command, files, spelled)
  if (isReason(found)) return refuseInstall(found)
  const dir = /\.(?:py|txt)$/.test(spelled) ? parentPath(joinPath(cwd, spelled)) : joinPath(cwd, spelled)
  if (found === undefined) {
    return refuseInstall({
      code: 'missing-file',
      file: files.origin(joinPath(dir, 'conanfile.txt')),
      command: text,
    })
  }
  // A .conanrc moves Conan's home, and workspaces are programs.
  const settings = lookUpwards(files, cwd, ['.conanrc'])
  if (settings !== undefined) {
    return refuseInstall(
      isReason(settings)
        ? settings
        : { code: 'reads-sources', text, path: files.origin(joinPath(settings, '.conanrc')) },
    )
  }
  for (const name of ['conanws.py', 'conanws.yml']) {
    const path = joinPath(dir, name)
    if (files.kind(path) !== 'absent')
      return refuseInstall({ code: 'reads-sources', text, path: files.origin(path) })
  }
  const lock = lookAt(
    files,
    joinPath(
      lastValue(options, '--lockfile', '-l') === undefined ? dir : cwd,
      lastValue(options, '--lockfile', '-l') ?? 'conan.lock',
    ),
  )
  if (isReason(lock)) return refuseInstall(lock)
  const profiles = [...options.values].flatMap(([name, values]) =>
    /^-(?:pr|-profile)/.test(name) ? values : [],
  )
  const reason = checkProfiles(command, files, profiles)
  if (reason !== undefined) return refuseInstall(reason)
  const outputs = outputWrites(command, files, options, found, dir)
  if (isReason(outputs)) return refuseInstall(outputs)
  return {
    known: true,
    role: 'install',
    writes: [...outputs, ...homeWrites(command)],
    env: found.usesEnvironment ? 'all' : 'all-but-stamps',
  }
}
