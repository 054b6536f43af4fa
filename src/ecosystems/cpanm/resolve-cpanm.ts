import { joinPath } from '../../model/paths.ts'
import { tells } from '../shared/tells.ts'
import { cpanmHome, readCpanfile } from '../shared/cpanfile.ts'
import { CPANM } from './options.ts'
import { hasFlag, lastValue, parseKnownOptions, type ParsedOptions } from '../shared/parse-known-options.ts'
import { ignoreBelow } from '../shared/ignore-pattern.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { lookAt, lookAtAll } from '../shared/look.ts'
import { resolveCpm } from './resolve-cpm.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, Effect, EnvEffect, ImageFiles, Role, WriteEffect } from '../../model/types.ts'

/** cpanm looks at these beside a cpanfile, for what configuring needs. */
const BESIDE = ['META.json', 'META.yml', 'Build.PL', 'Makefile']

/** What cpanm or cpm does. */
export function resolveCpanm(command: Command, files: ImageFiles): Effect | undefined {
  if (isInstalled(command, files, ['cpm'])) return resolveCpm(command, files)
  if (!isInstalled(command, files, ['cpanm'])) return undefined
  const { env, text } = command
  const more = env.has('PERL_CPANM_OPT') ? env.get('PERL_CPANM_OPT') : ''
  const words = more === undefined ? undefined : more.split(/\s+/).filter((word) => word !== '')
  const options = words === undefined ? undefined : parseKnownOptions([...words, ...command.args], CPANM)
  if (options === undefined) {
    const installs = command.args.includes('--installdeps')
    return installs ? refuseInstall({ code: 'unknown-argument', text }) : { known: false }
  }
  if (hasFlag(options, '--version', '-V', '--help', '-h')) return tells([])
  const mirrors = [...(options.values.get('--mirror') ?? []), ...(options.values.get('--from') ?? [])]
  const folders = mirrors
    .filter((mirror) => !/^https?:/.test(mirror))
    .map((mirror) => toFolder(command, mirror))
  if (folders.some((folder) => files.origin(folder) !== folder) || options.values.has('--save-dists')) {
    return refuseInstall({ code: 'unknown-argument', text })
  }
  for (const folder of folders) files.readTree(folder)
  const local = options.operands.filter(
    (name) => /^\.{0,2}(\/|$)|\.(gz|tgz|zip)$|^file:/.test(name) && !/^https?:/.test(name),
  )
  if (local.length === 0)
    return hasFlag(options, '--installdeps')
      ? { known: false }
      : finish(command, files, options, 'tool', [], 'all-but-stamps')
  if (!hasFlag(options, '--installdeps')) {
    return refuseInstall({ code: 'installs-project', file: local[0] ?? '', text })
  }
  const dirs = local.map((name) => joinPath(command.cwd, name))
  return installDependencies(command, files, options, dirs)
}

/** `file:///opt/cpan`, `/opt/cpan`. */
function toFolder({ cwd }: Command, mirror: string): string {
  return joinPath(cwd, mirror.replace(/^file:(?:\/\/)?(?=\/)/, ''))
}

function installDependencies(
  command: Command,
  files: ImageFiles,
  options: ParsedOptions,
  dirs: readonly string[],
): Effect {
  let environment: EnvEffect = 'all-but-stamps'
  for (const dir of dirs) {
    const named = lastValue(options, '--cpanfile')
    const path = named === undefined ? joinPath(dir, 'cpanfile') : joinPath(command.cwd, named)
    const found = readCpanfile(files, path)
    if (isReason(found)) return refuseInstall(found)
    if (found === undefined) return refuseInstall(withoutCpanfile(command, files, dir, path))
    if (found.usesEnvironment) environment = 'all'
    const reason = lookAtAll(files, dir, BESIDE)
    if (reason !== undefined) return refuseInstall(reason)
  }
  const manifest = joinPath(dirs[0] ?? command.cwd, 'cpanfile')
  return finish(command, files, options, 'install', [manifest], environment)
}

/** Then the dependencies come from Makefile.PL or Build.PL, programs that look at the modules of the project. */
function withoutCpanfile(command: Command, files: ImageFiles, dir: string, path: string): Reason {
  for (const name of ['Makefile.PL', 'Build.PL']) {
    const program = joinPath(dir, name)
    const kind = lookAt(files, program)
    if (isReason(kind)) return kind
    if (kind === 'file') return { code: 'reads-sources', text: command.text, path: files.origin(program) }
  }
  return { code: 'missing-file', file: files.origin(path), command: command.text }
}

function finish(
  command: Command,
  files: ImageFiles,
  options: ParsedOptions,
  role: Role,
  manifests: readonly string[],
  env: EnvEffect,
): Effect {
  const { cwd, home, user } = command
  const [manifest] = manifests
  const dir = lastValue(options, '-L', '--local-lib-contained', '-l', '--local-lib')
  const tree = dir === undefined ? undefined : joinPath(cwd, dir.replace(/^~(?=\/|$)/, home))
  const places: WriteEffect[] =
    tree === undefined
      ? [
          { system: true },
          ...(/^(root|0)(:|$)/.test(user) ? [] : [{ tree: joinPath(home, 'perl5'), mode: 'merge' } as const]),
        ]
      : [{ tree, mode: 'merge', ...(manifest === undefined ? {} : ignoreBelow(files, manifest, tree)) }]
  const work = cpanmHome(home, cwd, command.env.get('PERL_CPANM_HOME'))
  return { known: true, role, writes: [...places, { tree: work, mode: 'merge', allow: 'cache' }], env }
}
