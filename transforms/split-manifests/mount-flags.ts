import { isContextMount } from '../../src/model/mounts.ts'
import { isWithin, relativeTo } from '../../src/model/paths.ts'
import { indentOf } from '../shared/arrange.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { Step } from '../../src/model/step.ts'
import type { Supplied } from './manifest-lines.ts'

/**
 * The text of a RUN with a bind mount for each file that it reads, behind the word RUN, or behind the mounts of the same kind
 * that the text, when it is that of the file, has already. `undefined` where a mount does not serve: what is made on the way
 * to its target belongs to root.
 */
export function addMounts(
  dockerfile: Dockerfile,
  step: Step,
  text: string,
  reads: readonly Supplied[],
): string | undefined {
  const isRoot = /^(root|0)(:|$)/.test(step.before.user)
  if (!isRoot || reads.length === 0 || reads.some(({ source, path }) => !isPlain(source) || !isPlain(path)))
    return undefined
  const { keywordRange, range, flags } = step.instruction
  const isWhole = text === dockerfile.text.slice(range.start, range.end)
  const last = isWhole ? flags.findLast(isContextMount) : undefined
  const at = (last?.range.end ?? keywordRange.end) - range.start
  const lineEnd = ` ${dockerfile.escape}${dockerfile.eol}${indentOf(dockerfile, step.instruction.index)}    `
  const [first = '', ...others] = reads.map((read) => toMount(read, step.before.workdir))
  const head = `${text.slice(0, at)}${last === undefined ? ' ' : lineEnd}${first}`
  const rest = text.slice(at).replace(/^[ \t]+/, '')
  const isContinued = new RegExp(`^\\${dockerfile.escape}[ \\t]*\\r?\\n`).test(rest)
  return `${[head, ...others].join(lineEnd)}${isContinued ? ` ${rest}` : `${lineEnd}${rest}`}`
}

function toMount({ source, path }: Supplied, workdir: string): string {
  const target = isWithin(path, workdir) ? relativeTo(path, workdir) : path
  return `--mount=type=bind,source=${source},target=${target}`
}

function isPlain(path: string): boolean {
  return /^[\w./@+{}-]+$/.test(path)
}
