import { isFault, type Fault } from './fault.ts'
import { readFlags } from './flags.ts'
import { instructionTable, matchKeyword, type ArgumentForm } from './instruction-table.ts'
import { parseJsonForm } from './json-form.ts'
import { parseNames, parsePairs } from './pairs.ts'
import { sliceMap, toFileRange } from './text-map.ts'
import type { Instruction, TextMap } from './types.ts'
import { isBlank, skipSpace, skipSpaceBack } from './white-space.ts'
import { splitWords } from './words.ts'

/** What the logical line of an instruction says; the caller adds its place in the file, and heredocs. */
export type InstructionLine = Pick<
  Instruction,
  'keyword' | 'keywordRange' | 'original' | 'flags' | 'rest' | 'words' | 'json' | 'pairs' | 'trigger'
> & {
  /** Whether heredocs may follow, in the instruction itself or in the one that it triggers. */
  readonly hasHeredocs: boolean
}

type Content = Partial<Pick<InstructionLine, 'json' | 'pairs' | 'trigger' | 'hasHeredocs'>>

const heredocKeywords = new Set(['ADD', 'COPY', 'RUN'])

/** Splits a logical line into keyword, flags and arguments. An unknown keyword stays as it is spelled. */
export function readInstruction(map: TextMap, escape: '\\' | '`'): InstructionLine | Fault {
  const { text } = map
  const start = skipSpace(text, 0, text.length)
  const end = skipSpaceBack(text, start, text.length)
  let keywordEnd = start
  while (keywordEnd < end && !isBlank(text.charCodeAt(keywordEnd))) keywordEnd++
  const line = sliceMap(map, 0, end)
  const flags = readFlags(line, keywordEnd, escape)
  if (isFault(flags)) return flags
  const spelled = text.slice(start, keywordEnd)
  const keyword = matchKeyword(spelled)
  const rest = sliceMap(map, skipSpace(text, flags.rest, end), end)
  const form = keyword === undefined ? undefined : instructionTable.get(keyword)?.form
  const content = form === undefined ? {} : readContent(form, keyword ?? spelled, rest, escape)
  if (isFault(content)) return content
  return {
    keyword: keyword ?? spelled,
    keywordRange: toFileRange(map, start, keywordEnd),
    original: text,
    flags: flags.flags,
    rest,
    words: splitWords(rest),
    pairs: [],
    hasHeredocs: keyword !== undefined && heredocKeywords.has(keyword) && content.json === undefined,
    ...content,
  }
}

function readContent(
  form: ArgumentForm,
  keyword: string,
  rest: TextMap,
  escape: '\\' | '`',
): Content | Fault {
  switch (form) {
    case 'pairs': {
      const pairs = parsePairs(rest, keyword, escape)
      return isFault(pairs) ? pairs : { pairs }
    }
    case 'names':
      return { pairs: parseNames(rest, escape) }
    case 'command':
    case 'list':
      return readJson(rest.text)
    case 'healthcheck':
      return readJson(rest.text.slice(findSecondWord(rest.text)))
    case 'trigger':
      return readTrigger(rest, escape)
    case 'words':
    case 'string':
      return {}
  }
}

function readJson(text: string): Content | Fault {
  const json = parseJsonForm(text)
  if (isFault(json)) return json
  return json === undefined ? {} : { json }
}

function findSecondWord(text: string): number {
  let at = 0
  while (at < text.length && !isBlank(text.charCodeAt(at))) at++
  return skipSpace(text, at, text.length)
}

function readTrigger(rest: TextMap, escape: '\\' | '`'): Content | Fault {
  if (rest.text === '') return {}
  // A trigger of a trigger is refused later; reading it here would recurse as deep as the file says.
  if (/^onbuild(?![^\t\v\f\r ])/i.test(rest.text)) return { trigger: { keyword: 'ONBUILD', text: rest.text } }
  const inner = readInstruction(rest, escape)
  if (isFault(inner)) return inner
  return { trigger: { keyword: inner.keyword, text: rest.text }, hasHeredocs: inner.hasHeredocs }
}
