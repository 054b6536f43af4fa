import { parseOptions, optionValues, hasOption } from '../../effects/options.ts'
import { PIP_FLAGS, PIP_VALUED } from './pip-options.ts'
import type { Argument } from '../../model/types.ts'

/** What one line of a requirements file asks for. */
export interface RequirementLine {
  /** The line as pip reads it: continuations joined, comment removed, variables replaced. */
  readonly text: string
  /** `-r` and `-c`: further files. */
  readonly includes: readonly Argument[]
  /** `-e`. */
  readonly editables: readonly Argument[]
  readonly findLinks: readonly Argument[]
  /** A name, a URL or a path, without markers and hashes. */
  readonly requirement: string | undefined
  /** Set when pip would not accept the line, or reads something that is not known. */
  readonly unknown: boolean
}

/**
 * Reads a requirements file as pip does (`pip/_internal/req/req_file.py`): lines ending in a backslash go on, `#` after
 * white space starts a comment, `${NAME}` is replaced where the environment has a value.
 * https://pip.pypa.io/en/stable/reference/requirements-file-format/
 */
export function parseRequirements(
  text: string,
  env: ReadonlyMap<string, Argument>,
): readonly RequirementLine[] {
  return joinLines(text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/))
    .map((line) => line.replace(/(^|\s+)#.*$/, '').trim())
    .filter((line) => line !== '')
    .map((line) => parseLine(expandVariables(line, env)))
}

function joinLines(lines: readonly string[]): readonly string[] {
  const joined: string[] = []
  let open = ''
  for (const line of lines) {
    const comment = /^\s*#/.test(line)
    if (line.endsWith('\\') && !comment) {
      open += line.replace(/^\\+|\\+$/g, '')
      continue
    }
    // The blank keeps a comment line from sticking to the word before it.
    joined.push(open + (comment ? ` ${line}` : line))
    open = ''
  }
  return open === '' ? joined : [...joined, open]
}

function expandVariables(line: string, env: ReadonlyMap<string, Argument>): string {
  return line.replace(/\$\{([A-Z0-9_]+)\}/g, (whole, name: string) => env.get(name) || whole)
}

function parseLine(text: string): RequirementLine {
  const words = text.split(' ')
  const start = words.findIndex((word) => word.startsWith('-'))
  const requirement = (start < 0 ? words : words.slice(0, start)).join(' ').trim()
  const options = parseOptions(splitWords(start < 0 ? '' : words.slice(start).join(' ')), PIP_VALUED)
  const known = [...options.flags].every((flag) => PIP_FLAGS.has(flag))
  const valued = [...options.values.keys()].every((name) => PIP_VALUED.includes(name))
  return {
    text,
    includes: optionValues(options, '-r', '--requirement', '-c', '--constraint'),
    editables: optionValues(options, '-e', '--editable'),
    findLinks: optionValues(options, '-f', '--find-links'),
    requirement: requirement === '' ? undefined : requirement,
    unknown:
      !known || !valued || options.operands.length > 0 || hasOption(options, '--cert', '--client-cert'),
  }
}

/** Words as Python's shlex splits them. */
function splitWords(text: string): readonly string[] {
  const words: string[] = []
  const pattern = /((?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+)/g
  for (const match of text.matchAll(pattern)) {
    const word = match[0] ?? ''
    words.push(
      word.replace(
        /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g,
        (_, double, single, escaped) => double ?? single ?? escaped,
      ),
    )
  }
  return words
}
