import { existsSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { type FixResult, type Sibling, fixDockerfile } from '../pipeline.ts'
import { isInside } from './find-patch-root.ts'
import { type Build, type FixRun, readCurrent, siblingKey } from './fix-run.ts'

export interface BuildResult {
  readonly build: Build
  readonly result: FixResult
  /** The ignore file's text before; absent when there is none. */
  readonly ignoreText?: string
}

/** One Dockerfile as one of its builds sees it, or what is wrong with a file beside it. */
export function fixBuild(
  build: Build,
  text: string,
  run: FixRun,
): BuildResult | { readonly fault: string; readonly path: string } {
  const hasIgnoreFile = run.changed.has(build.ignorePath) || existsSync(build.ignorePath)
  const ignore = hasIgnoreFile ? readCurrent(run, build.ignorePath) : undefined
  if (ignore && 'fault' in ignore) return { fault: ignore.fault, path: build.ignorePath }
  const result = fixDockerfile({
    path: toContextPath(build, build.dockerfile),
    text,
    context: run.openContext(build.context),
    ignoreFile: { path: toContextPath(build, build.ignorePath), ...(ignore && { text: ignore.text }) },
    siblings: toSiblings(build, run),
    ...(run.transforms && { transforms: run.transforms }),
    risk: run.risk,
  })
  return { build, result, ...(ignore && { ignoreText: ignore.text }) }
}

/** What cannot be read or is no text is no Dockerfile that could be built, so that nothing depends on it. */
function toSiblings(build: Build, run: FixRun): readonly Sibling[] {
  return (run.siblings.get(siblingKey(build)) ?? []).flatMap((sibling) => {
    if (sibling.file === build.file) return []
    const current = readCurrent(run, sibling.file)
    return 'text' in current ? { path: toContextPath(sibling, sibling.dockerfile), text: current.text } : []
  })
}

function toContextPath({ context }: Build, path: string): string {
  return isInside(context, path) ? relative(context, path).split(sep).join('/') : path
}
