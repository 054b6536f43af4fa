import { joinPath } from '../../model/paths.ts'
import { fillJobs } from '../shared/fill-jobs.ts'
import { indexPath } from './places.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { isReason } from '../shared/outcome.ts'
import { lastValue, parseKnownOptions } from '../shared/parse-known-options.ts'
import { leadingAssignments } from '../shared/leading-assignments.ts'
import { JOBS, OPTIONS } from './options.ts'
import { originFolder } from '../shared/origin-folder.ts'
import { readProject } from './read-project.ts'
import { spellWords } from '../shared/spell-words.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, FetchStep, ImageFiles } from '../../model/types.ts'

/**
 * `cabal build --only-dependencies` before a build with the same options, where it builds nothing that the build does
 * not: in a project of one package with one executable at most, and after a `cabal update` of the Dockerfile.
 */
export function findFetchStep(command: Command, files: ImageFiles): FetchStep | Reason | undefined {
  const { cwd, args, text } = command
  if (!isInstalled(command, files, ['cabal'])) return undefined
  const verb = args.find((arg) => arg !== undefined && !arg.startsWith('-'))
  if (!/^((v2|new)-)?build$/.test(verb ?? '')) return undefined
  // Without an index it would fail; one of the base image cannot be seen.
  if (files.peekKind(indexPath(command)) !== 'unknown') return undefined
  const options = parseKnownOptions(fillJobs(command, JOBS), OPTIONS)
  const before = leadingAssignments(text, ['CABAL_*', 'XDG_*', 'GHC*'])
  if (options === undefined || before === undefined) return { code: 'unknown-argument', text }
  const start = joinPath(cwd, lastValue(options, '--project-dir') ?? '.')
  const project = readProject(command, files, start, lastValue(options, '--project-file'))
  if (isReason(project)) return project
  const { packages } = project
  const [only, other] = packages
  const local = new Set(['base', ...packages.map(({ name }) => name)])
  const remote = packages.some(({ dependencies }) => [...dependencies].some((name) => !local.has(name)))
  if (only === undefined || !remote) return undefined
  if (other !== undefined) {
    return {
      code: 'local-dependency',
      file: files.origin(only.path),
      dependency: originFolder(files, other.path),
    }
  }
  const targets = options.operands.slice(1)
  const whole = targets.every(
    (target) => target === 'all' || target === only.name || /(^|:)(exe|lib):/.test(target),
  )
  const tested =
    project.tests || options.flags.has('--enable-tests') || options.flags.has('--enable-benchmarks')
  if (only.executables > 1 || !whole || (tested && targets.length > 0)) return undefined
  // A number of jobs that the shell computes is left out: all processors are used without it.
  const kept = args.filter(
    (arg, at): arg is string =>
      arg !== undefined &&
      arg !== verb &&
      !targets.includes(arg) &&
      !(args.length > at + 1 && args[at + 1] === undefined && /^(-j|--jobs)$/.test(arg)),
  )
  const program = command.program?.startsWith('/') === true ? command.program : 'cabal'
  // For a component, cabal would build the package's own library.
  const target = targets.length === 0 ? [] : ['all']
  return { command: before + spellWords([program, 'build', '--only-dependencies', ...kept, ...target]), cwd }
}
