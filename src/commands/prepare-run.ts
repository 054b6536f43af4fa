import { existsSync, realpathSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { openContext } from '../context/build-context.ts'
import { type BuildTarget, discover, type DiscoverOptions } from '../context/discover.ts'
import type { BuildContext } from '../context/types.ts'
import type { Problem } from '../findings/types.ts'
import { transforms as allTransforms } from '../../transforms/index.ts'
import { createConfigs } from './create-configs.ts'
import { discoverSiblings } from './discover-siblings.ts'
import type { BrokenJob, FixRun, Job } from './fix-run.ts'
import { findPatchRoot } from './patch-root.ts'
import { readCopySources } from './read-copy-sources.ts'
import { readNeededLockfiles } from './read-needed-lockfiles.ts'
import { checkSelection, type Selection } from './select-transforms.ts'
import { suggestPath } from './suggest-path.ts'
import { toJobs } from './to-jobs.ts'

export interface PrepareOptions extends Selection {
  readonly cwd?: string
  readonly paths?: readonly string[]
  readonly context?: string
  readonly config?: string | boolean
  /** The only path is a Dockerfile whose text is given, and that need not exist; its ignore file is not changed. */
  readonly isVirtual?: boolean
}

export interface PreparedRun {
  readonly run: FixRun
  readonly jobs: readonly (Job | BrokenJob)[]
  readonly problems: readonly Problem[]
}

/** Finds what there is to do. Throws a `UserError` for wrong options. */
export async function prepareRun(options: PrepareOptions): Promise<PreparedRun> {
  const transforms = allTransforms.map(({ id }) => id)
  checkSelection(transforms, options)
  const cwd = realpathSync(resolve(options.cwd ?? '.'))
  const paths = options.paths?.length ? options.paths : ['.']
  const known = Object.fromEntries(
    allTransforms.map(({ id, defaults, choices }) => [id, { ...defaults, ...choices }]),
  )
  const configs = createConfigs(cwd, options.config, known)
  const discovery: DiscoverOptions = {
    cwd,
    ...(options.context !== undefined && { context: options.context }),
    configFor: configs.load,
    copySources: readCopySources,
    neededLockfiles: readNeededLockfiles,
    repositories: new Map(),
  }

  const { targets, problems } = await discoverTargets(paths, options, discovery)
  const jobs = await toJobs(targets, { cwd, configs, transforms, selection: options })
  const builds = jobs.flatMap((job) => ('problem' in job ? [] : job.builds))
  const searched = { paths, targets, isFiltered: configs.isFiltering() }
  const siblings = options.isVirtual ? new Map() : await discoverSiblings(builds, searched, discovery)

  const contexts = new Map<string, BuildContext>()
  const run: FixRun = {
    cwd,
    root: findPatchRoot(cwd),
    siblings,
    openContext: (directory) => {
      const context = contexts.get(directory) ?? openContext(directory, discovery.repositories)
      contexts.set(directory, context)
      return context
    },
    changed: new Map(),
  }
  return { run, jobs, problems: [...problems, ...configs.problems()] }
}

async function discoverTargets(
  paths: readonly string[],
  { isVirtual, context }: PrepareOptions,
  discovery: DiscoverOptions,
): Promise<{ readonly targets: readonly BuildTarget[]; readonly problems: readonly Problem[] }> {
  const { cwd } = discovery
  const [path = ''] = paths
  const dockerfile = resolve(cwd, path)
  if (isVirtual && !existsSync(dockerfile)) {
    const directory = context === undefined ? dirname(dockerfile) : resolve(cwd, context)
    await discovery.configFor(dockerfile)
    return { targets: [{ dockerfile, context: directory, why: 'own-folder' }], problems: [] }
  }
  const { targets, problems } = await discover(paths, discovery)
  return { targets, problems: problems.map((problem) => withSuggestion(problem, cwd)) }
}

function withSuggestion(problem: Problem, cwd: string): Problem {
  if (existsSync(resolve(cwd, problem.path))) return problem
  const suggestion = suggestPath(problem.path, cwd)
  return suggestion === undefined ? problem : { ...problem, message: `${problem.message}; ${suggestion}` }
}
