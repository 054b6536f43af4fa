import { joinPath, parentPath } from '../../model/paths.ts'
import { cpanmHome, readCpanfile } from '../shared/cpanfile.ts'
import { hasFlag, lastValue, parseKnownOptions, type KnownOptions } from '../shared/parse-known-options.ts'
import { ignoreBelow } from '../shared/ignore-pattern.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { lookAt, lookAtAll } from '../shared/look.ts'
import { tells } from '../shared/tells.ts'
import { words } from '../../effects/words.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

const OPTIONS: KnownOptions = {
  flags: words('--deployment --cached --help -h --version -v --verbose --quiet'),
  valued: words('--path --cpanfile --without'),
}

/** https://metacpan.org/dist/Carton/view/script/carton */
export function resolveCarton(command: Command, files: ImageFiles): Effect | undefined {
  if (!isInstalled(command, files, ['carton'])) return undefined
  const { cwd, env, home, text } = command
  const options = parseKnownOptions(command.args, OPTIONS)
  const verb = command.args.find((arg) => arg === undefined || !arg.startsWith('-'))
  if (options === undefined) {
    return verb === 'install' ? refuseInstall({ code: 'unknown-argument', text }) : { known: false }
  }
  if (hasFlag(options, '--version', '--help', '-h') || verb === 'version') return tells(['PERL*'])
  const manifest = joinPath(
    cwd,
    lastValue(options, '--cpanfile') ?? (env.get('PERL_CARTON_CPANFILE') || 'cpanfile'),
  )
  const snapshot = `${manifest}.snapshot`
  if (verb === 'update') {
    return refuseInstall({ code: 'edits-manifest', command: text, file: files.origin(snapshot) })
  }
  if (options.operands.length > 1 || (verb !== undefined && verb !== 'install')) return { known: false }
  const found = readCpanfile(files, manifest)
  if (isReason(found)) return refuseInstall(found)
  if (found === undefined)
    return refuseInstall({ code: 'missing-file', file: files.origin(manifest), command: text })
  const dir = parentPath(manifest)
  const lock = lookAt(files, snapshot)
  const beside = isReason(lock)
    ? lock
    : lookAtAll(files, dir, ['META.json', 'META.yml', 'Build.PL', 'Makefile'])
  if (beside !== undefined || isReason(lock))
    return refuseInstall(beside ?? { code: 'unknown-argument', text })
  const deployment = hasFlag(options, '--deployment')
  if (deployment && lock !== 'file') {
    return refuseInstall({ code: 'missing-file', file: files.origin(snapshot), command: text })
  }
  if (hasFlag(options, '--cached')) files.readTree(joinPath(dir, 'vendor/cache'))
  const tree = joinPath(
    cwd,
    lastValue(options, '--path') ?? (env.get('PERL_CARTON_PATH') || joinPath(dir, 'local')),
  )
  const writes: readonly WriteEffect[] = deployment
    ? []
    : [lock === 'file' ? { path: snapshot, allow: 'lockfile' } : { path: snapshot }]
  return {
    known: true,
    role: 'install',
    writes: [
      { tree, mode: 'merge', ...ignoreBelow(files, manifest, tree) },
      ...writes,
      { tree: cpanmHome(home, cwd, env.get('PERL_CPANM_HOME')), mode: 'merge', allow: 'cache' },
    ],
    env: found.usesEnvironment ? 'all' : 'all-but-stamps',
  }
}
