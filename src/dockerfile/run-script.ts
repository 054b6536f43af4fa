import { isFault } from './fault.ts'
import { matchHeredoc } from './heredoc.ts'
import { parseScript } from './shell.ts'
import { parseShellCall } from './shell-call.ts'
import type { Script } from './shell-types.ts'
import { createTextMap, type Segment } from './text-map.ts'
import type { Dockerfile, Heredoc, Instruction, TextMap } from './types.ts'

export interface RunScript {
  /**
   * `shell`: a command line, with the bodies of heredocs that it feeds to commands. `heredoc`: the body of a single
   * heredoc is the script. `exec`: a JSON array. `other`: a heredoc with a shebang, for another interpreter.
   */
  readonly form: 'shell' | 'exec' | 'heredoc' | 'other'
  /** The script as the shell is given it; for `exec` without a shell, the JSON. Offsets of `script` point into it. */
  readonly source: string
  /** The file offset of a character of `source`; absent where the source is not spelled in the file as it is. */
  readonly toFile?: TextMap['toFile']
  /** Absent when the source is no script, or not one that can be read. */
  readonly script?: Script
  /** The arguments of the exec form. */
  readonly argv?: readonly string[]
  /** Set where the source itself names its shell, so that SHELL does not count: whether that shell has `-e`. */
  readonly exitsOnError?: boolean
}

/**
 * What a RUN executes. Whether its shell is one that the script was parsed for (`sh`, `bash`) is not looked at:
 * SHELL decides that.
 */
export function readRun(instruction: Instruction, { text }: Pick<Dockerfile, 'text'>): RunScript {
  const { json, rest, heredocs } = instruction
  if (json !== undefined) return readExec(json, rest.text)
  const [heredoc] = heredocs
  if (heredoc === undefined) return withScript('shell', rest)
  const whole = matchHeredoc(rest.text)
  if (whole === undefined || isFault(whole)) return withScript('shell', joinBodies(rest, heredocs, text))
  const body = mapBody(heredoc, text)
  if (!body.text.startsWith('#!')) return withScript('heredoc', body)
  const [line = ''] = body.text.slice(2).trim().split('\n')
  const call = parseShellCall(
    line
      .trim()
      .replace(/^\/usr\/bin\/env\s+/, '')
      .split(/\s+/),
  )
  if (call !== undefined && call.source === undefined)
    return { ...withScript('heredoc', body), exitsOnError: call.exitsOnError }
  return { form: 'other', source: body.text, toFile: body.toFile }
}

function withScript(form: 'shell' | 'heredoc', { text, toFile }: TextMap): RunScript {
  const script = parseScript(text)
  return { form, source: text, toFile, ...(script === undefined ? {} : { script }) }
}

function readExec(argv: readonly string[], json: string): RunScript {
  const call = parseShellCall(argv)
  const exec = { form: 'exec', argv, exitsOnError: call?.exitsOnError ?? false } as const
  if (call?.source === undefined) return { ...exec, source: json }
  const script = parseScript(call.source)
  return { ...exec, source: call.source, ...(script === undefined ? {} : { script }) }
}

/** The builder hands a command line to the shell with the bodies of its heredocs below it. */
function joinBodies(rest: TextMap, heredocs: readonly Heredoc[], file: string): TextMap {
  const starts: { readonly text: number; readonly file: number }[] = []
  let text = rest.text
  for (const { body, name } of heredocs) {
    starts.push({ text: text.length + 1, file: body.start })
    text += `\n${file.slice(body.start, body.end)}${name}`
  }
  return {
    text,
    toFile: (offset) => {
      const found = starts.findLast((start) => start.text <= offset)
      return found === undefined ? rest.toFile(offset) : found.file + offset - found.text
    },
  }
}

/** The body of a heredoc; the tabs that `<<-` removes are not in its text. */
function mapBody({ body, chomp }: Heredoc, file: string): TextMap {
  const segments: Segment[] = []
  let text = ''
  for (let start = body.start; start < body.end;) {
    const newline = file.indexOf('\n', start)
    const next = newline < 0 || newline >= body.end ? body.end : newline + 1
    while (chomp && start < next && file[start] === '\t') start++
    segments.push({ text: text.length, file: start })
    text += file.slice(start, next)
    start = next
  }
  return segments.length === 0 ? { text, toFile: () => body.start } : createTextMap(text, segments)
}
