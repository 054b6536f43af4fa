import { installAt, type Install } from './find-installs.ts'
import { arrange, indentOf, leadOf } from '../shared/arrange.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import { buildModel, type ModelBuild } from '../../src/model/build.ts'
import { joinPath } from '../../src/model/paths.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { FetchStep } from '../../src/model/types.ts'
import type { TransformInput } from '../types.ts'

/** The file with the fetch step added just above the build, ready to be split at that step. */
export interface Prepared {
  readonly dockerfile: Dockerfile
  readonly build: ModelBuild
  readonly install: Install
}

/** Adds a RUN that only downloads, with the flags (secrets, caches) of the RUN that it serves. */
export function addFetch(input: TransformInput, install: Install, fetch: FetchStep): Prepared | undefined {
  const { dockerfile } = input
  const { instruction, before } = install.step
  if (instruction.flags.some((flag) => flag.name === 'mount' && !/type=(cache|secret|ssh)\b/.test(flag.text))) {
    return undefined
  }
  const keyword = dockerfile.text.slice(instruction.keywordRange.start, instruction.keywordRange.end)
  const flags = instruction.flags.map((flag) => `${dockerfile.text.slice(flag.range.start, flag.range.end)} `).join('')
  const enter = joinPath('/', fetch.cwd) === before.workdir ? '' : `cd ${fetch.cwd} && `
  const { index } = instruction
  const text = arrange(dockerfile, index, index, [
    { text: `${indentOf(dockerfile, index)}${keyword} ${flags}${enter}${fetch.command}` },
    { instruction: index, lead: leadOf(dockerfile, index).trim() === '' ? leadOf(dockerfile, index) : '' },
  ])
  const parsed = parseDockerfile(text)
  if (!('instructions' in parsed)) return undefined
  const build = buildModel(parsed, input.build.context, { resolve: input.resolve })
  const added = installAt(build, index)
  return added === undefined ? undefined : { dockerfile: parsed, build, install: added }
}
