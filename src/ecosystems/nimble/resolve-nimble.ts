import { joinPath } from '../../model/paths.ts'
import { BUILDS, tells } from '../shared/tells.ts'
import { hasFlag, parseKnownOptions, type ParsedOptions } from '../shared/parse-known-options.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { isReason, knownEffect, refuseInstall } from '../shared/outcome.ts'
import { lookAt, lookAtAll, lookInto } from '../shared/look.ts'
import { OPTIONS } from './options.ts'
import { runsCode } from '../shared/runs-code.ts'
import { scanManifest } from './scan-manifest.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

/** Nimble's settings and lists beside the manifest; from some version on it evaluates config.nims with it. */
const BESIDE = ['nimble.lock', 'nimble.paths', 'config.nims', 'nim.cfg']

/** What a nimble command does. */
export function resolveNimble(command: Command, files: ImageFiles): Effect | undefined {
  if (!isInstalled(command, files, ['nimble'])) return undefined
  const { text, cwd } = command
  const options = parseKnownOptions(command.args, OPTIONS)
  if (options === undefined) {
    const restricted = command.args.some((arg) => arg === '-d' || /^--depsonly$/i.test(arg ?? ''))
    return restricted ? refuseInstall({ code: 'unknown-argument', text }) : { known: false }
  }
  const [verb, ...names] = options.operands
  if (verb === undefined) return hasFlag(options, '--version', '-v') ? tells([]) : { known: false }
  if (verb === 'lock')
    return refuseInstall({
      code: 'edits-manifest',
      command: text,
      file: files.origin(joinPath(cwd, 'nimble.lock')),
    })
  if (/^(build|c|cc|cpp|js|compile|run|test|doc)$/.test(verb)) return BUILDS
  if (verb === 'refresh' && names.length === 0) {
    return knownEffect('tool', [{ tree: nimbleDir(command, options), mode: 'merge' }])
  }
  if (verb !== 'install') return { known: false }
  if (names.length > 0) return installNames(command, options, names)
  if (!hasFlag(options, '-d', '--depsOnly', '--depsonly')) {
    const [manifest] = files.find(cwd, '*.nimble')
    return refuseInstall({
      code: 'installs-project',
      file: files.origin(manifest ?? joinPath(cwd, '*.nimble')),
      text,
    })
  }
  return installDependencies(command, files, options)
}

function nimbleDir(command: Command, options: ParsedOptions): string {
  const flag = [...options.flags].find((name) => /^--nimbledir:/i.test(name))?.slice('--nimbledir:'.length)
  const set = flag ?? command.env.get('NIMBLE_DIR')
  return set === undefined || set === '' ? joinPath(command.home, '.nimble') : joinPath(command.cwd, set)
}

function installNames(command: Command, options: ParsedOptions, names: readonly string[]): Effect {
  if (names.some((name) => /^(\.{0,2}\/|\.$|file:|~)/.test(name))) {
    return refuseInstall({ code: 'unknown-argument', text: command.text })
  }
  return knownEffect('tool', [{ tree: nimbleDir(command, options), mode: 'merge' }])
}

function installDependencies(command: Command, files: ImageFiles, options: ParsedOptions): Effect {
  const { cwd, text } = command
  const manifests = files.find(cwd, '*.nimble')
  const [manifest, second] = manifests
  if (manifest === undefined) {
    return refuseInstall({ code: 'missing-file', file: '*.nimble', command: text })
  }
  if (second !== undefined) {
    return refuseInstall({
      code: 'unreadable-manifest',
      file: files.origin(second),
      problem: 'there are several',
    })
  }
  const content = lookInto(files, manifest)
  if (isReason(content)) return refuseInstall(content)
  const { access, usesEnvironment, local } = scanManifest(content ?? '')
  if (access !== undefined) return refuseInstall(runsCode(files, manifest, access))
  if (local !== undefined) {
    return refuseInstall({ code: 'local-dependency', file: files.origin(manifest), dependency: local })
  }
  // Packages that are being developed beside the project.
  const develop = joinPath(cwd, 'nimble.develop')
  if (files.kind(develop) !== 'absent') {
    return refuseInstall({
      code: 'local-dependency',
      file: files.origin(develop),
      dependency: 'its packages',
    })
  }
  const beside = lookAtAll(files, cwd, BESIDE)
  if (beside !== undefined) return refuseInstall(beside)
  const deps = joinPath(cwd, 'nimbledeps')
  const kind = lookAt(files, deps)
  if (isReason(kind)) return refuseInstall(kind)
  const inside = hasFlag(options, '-l', '--localdeps') || kind === 'dir'
  const place: WriteEffect = inside
    ? { tree: deps, mode: 'merge', ignore: '**/nimbledeps' }
    : { tree: nimbleDir(command, options), mode: 'merge' }
  return { known: true, role: 'install', writes: [place], env: usesEnvironment ? 'all' : 'all-but-stamps' }
}
