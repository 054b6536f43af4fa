import type { TransformOptions } from '../config/types.ts'
import { sep } from 'node:path'
import type { BuildTarget } from '../context/discover.ts'
import type { Configs } from './create-configs.ts'
import { type BrokenJob, type Build, type Job, siblingKey } from './fix-run.ts'
import { toShownPath } from './patch-root.ts'
import { resolveBuild } from './resolve-build.ts'
import { type Selection, selectTransforms } from './select-transforms.ts'

export interface JobOptions {
  readonly cwd: string
  readonly configs: Configs
  /** Ids of all transforms. */
  readonly transforms: readonly string[]
  readonly selection: Selection
}

/**
 * One job for each file, with all the ways in which it is built, in the order of the targets. A file whose config is
 * wrong gets none: the config's problem stands for it.
 */
export async function toJobs(
  targets: readonly BuildTarget[],
  { cwd, configs, transforms, selection }: JobOptions,
): Promise<readonly (Job | BrokenJob)[]> {
  const jobs = new Map<string, Job | BrokenJob>()
  for (const { dockerfile, context } of targets) {
    const { config } = await configs.load(dockerfile)
    if (configs.isBroken(dockerfile)) continue
    const path = toShownPath(cwd, dockerfile)
    const shown = { path, context: toShownPath(cwd, context) }
    const build = resolveBuild(dockerfile, context)
    if ('fault' in build) {
      jobs.set(dockerfile, {
        ...shown,
        problem: { path, message: build.fault.replaceAll(`${cwd}${sep}`, '') },
      })
      continue
    }
    const other = jobs.get(build.file)
    if (other !== undefined && 'builds' in other) {
      jobs.set(build.file, { ...other, builds: withBuild(other.builds, build) })
      continue
    }
    jobs.set(build.file, {
      ...shown,
      file: build.file,
      builds: [build],
      transforms: selectTransforms(transforms, selection, config),
      options: Object.fromEntries(
        Object.entries(config.transforms ?? {}).filter(
          (entry): entry is [string, TransformOptions] => typeof entry[1] === 'object',
        ),
      ),
      risk: config.risk ?? 'notes',
    })
  }
  return [...jobs.values()]
}

function withBuild(builds: readonly Build[], build: Build): readonly Build[] {
  return builds.some((other) => siblingKey(other) === siblingKey(build)) ? builds : [...builds, build]
}
