import { joinPath } from '../../model/paths.ts'
import { BUILDS, tells } from '../shared/tells.ts'
import { cabalPlaces, indexPath } from './places.ts'
import { fillJobs } from '../shared/fill-jobs.ts'
import { hasFlag, lastValue, parseKnownOptions, type ParsedOptions } from '../shared/parse-known-options.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { needsSources } from './needs-sources.ts'
import { JOBS, OPTIONS } from './options.ts'
import { originFolder } from '../shared/origin-folder.ts'
import { readProject } from './read-project.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

const BUILD_VERBS = new Set([
  'build',
  'install',
  'test',
  'bench',
  'run',
  'exec',
  'repl',
  'haddock',
  'sdist',
  'list-bin',
])

/** What a cabal command does. */
export function resolveCabal(command: Command, files: ImageFiles): Effect | undefined {
  if (!isInstalled(command, files, ['cabal'])) return undefined
  const { args, text } = command
  const verb = args.find((arg) => arg !== undefined && !arg.startsWith('-'))?.replace(/^(v2|new)-/, '')
  const restricted = args.some((arg) => arg === '--only-dependencies' || arg === '--dependencies-only')
  if (verb === undefined) return args.includes('--version') ? tells([]) : { known: false }
  if (verb === 'update') return resolveUpdate(command, files)
  if (verb === 'freeze' || verb === 'configure' || verb === 'init') {
    const name =
      verb === 'freeze' ? 'cabal.project.freeze' : verb === 'init' ? '*.cabal' : 'cabal.project.local'
    return refuseInstall({ code: 'edits-manifest', command: text, file: name })
  }
  if (!BUILD_VERBS.has(verb)) return { known: false }
  if (!restricted) return BUILDS
  const options = parseKnownOptions(fillJobs(command, JOBS), OPTIONS)
  if (options === undefined) return refuseInstall({ code: 'unknown-argument', text })
  // From 3.0 on, `cabal install` packs the sources first, and builds them in spite of the option.
  if (verb !== 'build') {
    return refuseInstall({ code: 'reads-sources', text, path: '.' })
  }
  return resolveDependencies(command, files, options)
}

function resolveDependencies(command: Command, files: ImageFiles, options: ParsedOptions): Effect {
  const { cwd } = command
  if (hasFlag(options, '--ignore-project', '-z')) return { known: false }
  const start = joinPath(cwd, lastValue(options, '--project-dir') ?? '.')
  const project = readProject(command, files, start, lastValue(options, '--project-file'))
  if (isReason(project)) return refuseInstall(project)
  const local = needsSources(project, options.operands.slice(1))
  if (local !== undefined) {
    return refuseInstall({
      code: 'reads-sources',
      text: command.text,
      path: originFolder(files, local.path),
    })
  }
  const builddir = lastValue(options, '--builddir')
  const output = joinPath(builddir === undefined ? project.dir : cwd, builddir ?? 'dist-newstyle')
  const stored = lastValue(options, '--store-dir')
  const places = [...cabalPlaces(command), ...(stored === undefined ? [] : [joinPath(cwd, stored)])]
  for (const tree of [output, ...places]) files.readTree(tree)
  return {
    known: true,
    role: 'install',
    // A build finds out the same plan, and builds what is missing.
    writes: [
      {
        tree: output,
        mode: 'merge',
        allow: 'warm-up',
        ...(builddir === undefined ? { ignore: '**/dist-newstyle' } : {}),
      },
      ...places.map((tree): WriteEffect => ({ tree, mode: 'merge', allow: 'warm-up' })),
    ],
    env: 'all-but-stamps',
  }
}

/** `cabal update` takes the repositories from the user's config, and from the project where there is one. */
function resolveUpdate(command: Command, files: ImageFiles): Effect {
  const options = parseKnownOptions(command.args, OPTIONS)
  if (options === undefined || options.operands.length > 1) return { known: false }
  for (const end of ['', '.local', '.freeze']) files.kind(joinPath(command.cwd, `cabal.project${end}`))
  return {
    known: true,
    role: 'tool',
    writes: [
      ...cabalPlaces(command).map((tree): WriteEffect => ({ tree, mode: 'merge' })),
      { path: indexPath(command) },
    ],
    env: ['CABAL_*', 'XDG_*'],
  }
}
