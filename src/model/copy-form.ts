import { expandVariables } from '../dockerfile/expand.ts'
import { lookupVariable, type Environment } from './environment.ts'
import { joinPath } from './paths.ts'
import type { Dockerfile, Instruction, Range } from '../dockerfile/types.ts'

/** A COPY or ADD with its variables resolved. */
export interface CopyForm {
  readonly keyword: 'COPY' | 'ADD'
  /** As the file spells them, heredocs left out. */
  readonly sources: readonly CopyWord[]
  readonly destination: CopyWord
  /** Absolute image path of the destination, without a trailing slash; absent when it cannot be known. */
  readonly target?: string
  /** Whether the spelling says that the destination is a directory. */
  readonly directory: boolean
  /** Stage or image of `--from`. */
  readonly from?: string
  /** `--chown`, `--chmod`, `--link` and the like, as spelled: what they do to each file. */
  readonly attributes: string
  readonly parents: boolean
  readonly excludes: readonly string[]
  /** False when a flag or form is used that the model does not know. */
  readonly known: boolean
  /** Variables used anywhere in it. */
  readonly names: readonly string[]
}

export interface CopyWord {
  /** As spelled; in JSON form the string's value. */
  readonly raw: string
  /** With variables replaced and quotes removed; absent when a variable has no known value. */
  readonly value?: string
  readonly range?: Range
}

const FLAGS = new Set([
  'from',
  'chown',
  'chmod',
  'link',
  'parents',
  'exclude',
  'checksum',
  'keep-git-dir',
  'unpack',
])

/** Reads a COPY or ADD; `undefined` when it lacks a source or a destination. */
export function toCopyForm(
  instruction: Instruction,
  dockerfile: Dockerfile,
  environment: Environment,
): CopyForm | undefined {
  const names: string[] = []
  const expand = (raw: string): string | undefined => {
    const result = expandVariables(raw, (name) => lookupVariable(environment, name), dockerfile.escape)
    names.push(...result.names)
    return result.value
  }
  const toWord = (raw: string, range?: Range): CopyWord => {
    const value = expand(raw)
    return { raw, ...(value === undefined ? {} : { value }), ...(range === undefined ? {} : { range }) }
  }
  const words =
    instruction.json?.map((text) => toWord(text)) ??
    instruction.words.map(({ raw, range }) => toWord(raw, range))
  const destination = words.at(-1)
  const sources = words.slice(0, -1).filter((word) => !/^\d*<</.test(word.raw))
  if (destination === undefined || (sources.length === 0 && instruction.heredocs.length === 0))
    return undefined
  const flag = (name: string): string | undefined =>
    instruction.flags.find((item) => item.name === name)?.value
  const from = flag('from')
  const { value } = destination
  return {
    keyword: instruction.keyword === 'ADD' ? 'ADD' : 'COPY',
    sources,
    destination,
    ...(value === undefined ? {} : { target: joinPath(environment.workdir, value) }),
    directory: value === undefined || value.endsWith('/') || /(^|\/)\.$/.test(value) || value === '',
    ...(from === undefined ? {} : { from: expand(from) ?? from }),
    attributes: instruction.flags
      .filter((item) => ['chown', 'chmod', 'link'].includes(item.name))
      .map((item) =>
        item.value === undefined ? item.text : `--${item.name}=${expand(item.value) ?? item.value}`,
      )
      .sort()
      .join(' '),
    parents: instruction.flags.some((item) => item.name === 'parents' && item.value !== 'false'),
    excludes: instruction.flags.flatMap((item) => (item.name === 'exclude' ? [item.value ?? ''] : [])),
    known: instruction.flags.every((item) => FLAGS.has(item.name)),
    names: [...new Set(names)],
  }
}
