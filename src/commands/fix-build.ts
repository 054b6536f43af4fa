import { existsSync } from 'node:fs'
import { parseIgnore } from '../context/ignore-matcher.ts'
import { fixDockerfile, type FixResult, type Sibling } from '../pipeline.ts'
import type { Problem } from '../findings/types.ts'
import { type Build, type FixRun, type Job, readCurrent, siblingKey } from './fix-run.ts'
import { isInside, toShownPath } from './patch-root.ts'

export interface BuildResult {
  readonly build: Build
  readonly result: FixResult
  /** The ignore file's text before; absent when there is none. */
  readonly ignoreText?: string
}

/** One Dockerfile as one of its builds sees it, or what is wrong with its ignore file. */
export function fixBuild(build: Build, text: string, job: Job, run: FixRun): BuildResult | Problem {
  const ignore = readIgnoreFile(build, run)
  if ('message' in ignore) return ignore
  const result = fixDockerfile({
    path: toContextPath(build, build.dockerfile),
    text,
    context: run.openContext(build.context),
    ignoreFile: {
      path: toContextPath(build, build.ignorePath),
      ...(build.isIgnoreLink && { isLink: true }),
      ...ignore,
    },
    get siblings() {
      return toSiblings(build, run)
    },
    transforms: job.transforms,
    options: job.options,
    risk: job.risk,
  })
  return { build, result, ...(ignore.text !== undefined && { ignoreText: ignore.text }) }
}

function readIgnoreFile({ ignorePath }: Build, run: FixRun): { readonly text?: string } | Problem {
  if (!run.changed.has(ignorePath) && !existsSync(ignorePath)) return {}
  const path = toShownPath(run.cwd, ignorePath)
  const current = readCurrent(run, ignorePath)
  if ('fault' in current) return { path, message: current.fault }
  const matcher = parseIgnore(current.text)
  return 'message' in matcher ? { path, ...matcher } : current
}

/** What cannot be read or is no text is no Dockerfile that could be built, so that nothing depends on it. */
function toSiblings(build: Build, run: FixRun): readonly Sibling[] {
  return (run.siblings.get(siblingKey(build)) ?? []).flatMap((sibling) => {
    return sibling.file === build.file ? [] : (toSibling(sibling, run) ?? [])
  })
}

function toSibling(build: Build, run: FixRun): Sibling | undefined {
  const known = read.get(build)
  if (known !== undefined && known.text === (run.changed.get(build.file) ?? known.text)) return known
  const current = readCurrent(run, build.file)
  if (!('text' in current)) return undefined
  const sibling = { path: toContextPath(build, build.dockerfile), text: current.text }
  read.set(build, sibling)
  return sibling
}

/** Each Dockerfile of a context asks for all others. A build belongs to one run. */
const read = new WeakMap<Build, Sibling>()

function toContextPath({ context }: Build, path: string): string {
  return isInside(context, path) ? toShownPath(context, path) : path
}
