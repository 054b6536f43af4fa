import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { Step } from '../../src/model/step.ts'

/** A copy's text below another WORKDIR than its own: a relative destination is spelled out. */
export function moveCopy(dockerfile: Dockerfile, copy: Step, workdir: string): { readonly text?: string } {
  const form = copy.copy
  if (form?.target === undefined || copy.before.workdir === workdir) return {}
  if ((form.destination.value ?? '').startsWith('/')) return {}
  const { start, end } = copy.instruction.range
  const text = dockerfile.text.slice(start, end)
  const absolute = form.directory && !form.target.endsWith('/') ? `${form.target}/` : form.target
  const { range, raw } = form.destination
  if (range !== undefined)
    return { text: text.slice(0, range.start - start) + absolute + text.slice(range.end - start) }
  const at = text.lastIndexOf(JSON.stringify(raw))
  if (at < 0) return {}
  return { text: text.slice(0, at) + JSON.stringify(absolute) + text.slice(at + JSON.stringify(raw).length) }
}
