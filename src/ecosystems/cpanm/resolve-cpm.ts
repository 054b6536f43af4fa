import { joinPath } from '../../model/paths.ts'
import { CPM } from './options.ts'
import { fillJobs } from '../shared/fill-jobs.ts'
import { hasFlag, lastValue, parseKnownOptions } from '../shared/parse-known-options.ts'
import { ignoreBelow } from '../shared/ignore-pattern.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { lookAt, lookAtAll } from '../shared/look.ts'
import { readCpanfile } from '../shared/cpanfile.ts'
import { tells } from '../shared/tells.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

/** `cpm install`: https://metacpan.org/dist/App-cpm/view/script/cpm */
export function resolveCpm(command: Command, files: ImageFiles): Effect {
  const { cwd, home, text } = command
  const options = parseKnownOptions(fillJobs(command, ['-w', '--workers']), CPM)
  if (options === undefined) {
    return command.args.includes('install')
      ? refuseInstall({ code: 'unknown-argument', text })
      : { known: false }
  }
  const [verb, ...names] = options.operands
  if (verb === undefined || verb === 'version') return tells([])
  if (verb !== 'install') return { known: false }
  const sources = ['--mirror', '-r', '--resolver'].flatMap((name) => options.values.get(name) ?? [])
  const unusual = ['--cpmfile', '--metafile'].some((name) => options.values.has(name))
  if (unusual || sources.some((source) => !/^(https?:|metadb|metacpan|snapshot)/.test(source))) {
    return refuseInstall({ code: 'unknown-argument', text })
  }
  if (names.some((name) => /^\.{0,2}\/|\.gz$|^file:/.test(name)))
    return refuseInstall({ code: 'unknown-argument', text })
  const manifest = joinPath(cwd, lastValue(options, '--cpanfile') ?? 'cpanfile')
  const installs = names.length === 0
  let usesEnvironment = false
  if (installs) {
    // Where there is a cpm.yml, it comes first; it is not known what it may name.
    const other = ['cpm.yml', 'cpm.toml', 'cpm.json']
      .map((name) => joinPath(cwd, name))
      .find((path) => files.kind(path) !== 'absent')
    if (other !== undefined) return refuseInstall({ code: 'reads-sources', text, path: files.origin(other) })
    const found = readCpanfile(files, manifest)
    if (isReason(found)) return refuseInstall(found)
    if (found === undefined) {
      const build = ['Makefile.PL', 'Build.PL']
        .map((name) => joinPath(cwd, name))
        .find((path) => files.kind(path) !== 'absent')
      if (build !== undefined)
        return refuseInstall({ code: 'reads-sources', text, path: files.origin(build) })
      return refuseInstall({ code: 'missing-file', file: files.origin(manifest), command: text })
    }
    usesEnvironment = found.usesEnvironment
  }
  const snapshot = lookAt(files, joinPath(cwd, lastValue(options, '--snapshot') ?? 'cpanfile.snapshot'))
  const beside = lookAtAll(files, cwd, ['META.json', 'META.yml'])
  if (isReason(snapshot) || beside !== undefined)
    return refuseInstall(isReason(snapshot) ? snapshot : (beside ?? { code: 'unknown-argument', text }))
  const local = joinPath(cwd, lastValue(options, '-L', '--local-lib-contained') ?? 'local')
  const place: WriteEffect = hasFlag(options, '-g', '--global')
    ? { system: true }
    : { tree: local, mode: 'merge', ...ignoreBelow(files, manifest, local) }
  const work = joinPath(
    cwd,
    lastValue(options, '--home') ?? command.env.get('PERL_CPM_HOME') ?? joinPath(home, '.perl-cpm'),
  )
  return {
    known: true,
    role: installs ? 'install' : 'tool',
    writes: [place, { tree: work, mode: 'merge', allow: 'cache' }],
    env: usesEnvironment ? 'all' : 'all-but-stamps',
  }
}
