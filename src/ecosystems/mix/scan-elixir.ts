import { joinPath, parentPath } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { isToken, lexCode, type CodeToken } from '../shared/lex-code.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { runsCode } from '../shared/runs-code.ts'
import { words } from '../../effects/words.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** An Elixir file that Mix evaluates. */
export interface ElixirFile {
  readonly files: ImageFiles
  /** Absolute image path. */
  readonly path: string
  /** Where relative paths begin: the directory of the project. */
  readonly dir: string
  readonly tokens: readonly CodeToken[]
}

/** Modules whose functions touch no files, or only list names. */
const SAFE_MODULES = new Set(
  words(`
  String Enum List Keyword Map MapSet Integer Float Version Path Regex Date DateTime NaiveDateTime Calendar Atom Tuple
  URI Base IO Logger Application Access Range Stream Inspect Macro.Env Mix.Project Mix.Config Config
`),
)

/** Functions of other modules that are safe. */
const SAFE_CALLS = new Set(
  words(`
  System.get_env System.fetch_env System.fetch_env! System.version System.otp_release System.schedulers_online
  System.system_time System.os_time System.monotonic_time System.build_info Mix.env Mix.target Mix.shell Mix.raise
  Mix.compilers
  Code.ensure_loaded? Code.ensure_compiled Code.ensure_loaded
`),
)

/** Words that load code or call what they are given. */
const UNSAFE_WORDS = new Set(
  words(`
    apply spawn spawn_link spawn_monitor quote unquote defmacro cmd import_config eval binding
    read read! ls ls! stream! cwd! eval_file require_file compile_file
  `),
)

/** Reads an Elixir file; `undefined` when it is not there. */
export function openElixir(files: ImageFiles, path: string, dir: string): ElixirFile | Reason | undefined {
  const text = lookInto(files, path)
  if (text === undefined || isReason(text)) return text
  const tokens = lexCode(text, 'elixir')
  if (tokens !== undefined) return { files, path, dir, tokens }
  return { code: 'unreadable-manifest', file: files.origin(path), problem: 'its strings are not understood' }
}

/** What a rule makes of the tokens at an index: how many it takes, a refusal, or nothing. */
export type ElixirRule = (file: ElixirFile, index: number) => number | Reason | undefined

/** The first thing in a file that may read or run what is not known; files that it names are recorded. */
export function scanElixir(file: ElixirFile, rules: readonly ElixirRule[]): Reason | undefined {
  for (let index = 0; index < file.tokens.length;) {
    const taken = firstMatch(file, index, [
      ...rules,
      pipesFile,
      readsFile,
      loadsModule,
      callsModule,
      callsErlang,
    ])
    if (isReason(taken)) return taken
    const token = file.tokens[index]
    if (taken === undefined && token?.kind === 'word' && UNSAFE_WORDS.has(token.text)) {
      return runsCode(file.files, file.path, token.text)
    }
    if (taken === undefined && token?.inner !== undefined) {
      const reason = scanElixir({ ...file, tokens: token.inner }, rules)
      if (reason !== undefined) return reason
    }
    index += taken ?? 1
  }
  return undefined
}

function firstMatch(
  file: ElixirFile,
  index: number,
  rules: readonly ElixirRule[],
): number | Reason | undefined {
  for (const rule of rules) {
    const taken = rule(file, index)
    if (taken !== undefined) return taken
  }
  return undefined
}

const READERS = /^(read!?|exists\?|regular\?|stream!)$/

/** `File.read!("VERSION")`, `File.read!(Path.join(__DIR__, "VERSION"))`. */
function readsFile(file: ElixirFile, index: number): number | Reason | undefined {
  const { tokens, files } = file
  const [module, dot, method, open] = tokens.slice(index, index + 4)
  if (!isToken(module, 'File') || !isToken(dot, '.') || method?.kind !== 'word') return undefined
  const parsed = isToken(open, '(') && READERS.test(method.text) ? parsePath(file, index + 4) : undefined
  if (parsed === undefined) return runsCode(files, file.path, `File.${method.text}`)
  return lookAtFile(file, parsed.path) ?? parsed.next - index
}

/** `"VERSION" |> File.read!()`. */
function pipesFile(file: ElixirFile, index: number): number | Reason | undefined {
  const parsed = parsePath(file, index)
  if (parsed === undefined) return undefined
  const [pipe, module, dot, method] = file.tokens
    .slice(parsed.next, parsed.next + 8)
    .filter((token) => token.kind !== 'newline')
  if (
    !isToken(pipe, '|>') ||
    !isToken(module, 'File') ||
    !isToken(dot, '.') ||
    !READERS.test(method?.text ?? '')
  )
    return undefined
  const end = file.tokens.indexOf(method as CodeToken, parsed.next)
  return lookAtFile(file, parsed.path) ?? end + 1 - index
}

function lookAtFile({ files, path }: ElixirFile, target: string): Reason | undefined {
  const kind = lookAt(files, target)
  if (isReason(kind)) return kind
  return kind === 'dir'
    ? { code: 'reads-sources', text: files.origin(path), path: files.origin(target) }
    : undefined
}

/** A path and the index behind it; `undefined` for one that is computed in another way. */
function parsePath(
  file: ElixirFile,
  index: number,
): { readonly path: string; readonly next: number } | undefined {
  const { tokens, dir, path } = file
  const token = tokens[index]
  if (token?.kind === 'string' && token.inner === undefined)
    return { path: joinPath(dir, token.text), next: index + 1 }
  const method =
    isToken(token, 'Path') && isToken(tokens[index + 1], '.') ? tokens[index + 2]?.text : undefined
  if ((method !== 'join' && method !== 'expand') || !isToken(tokens[index + 3], '(')) return undefined
  const [first, comma, second, close] = tokens.slice(index + 4, index + 8)
  if (!isToken(comma, ',') || !isToken(close, ')')) return undefined
  const [base, name] = method === 'join' ? [first, second] : [second, first]
  if (!isToken(base, '__DIR__') || name?.kind !== 'string' || name.inner !== undefined) return undefined
  return { path: joinPath(parentPath(path), name.text), next: index + 8 }
}

/** `use Mix.Project` and `import Config`; any other module may do anything when it is loaded. */
function loadsModule({ tokens, files, path }: ElixirFile, index: number): number | Reason | undefined {
  const word = tokens[index]
  if (word?.kind !== 'word' || !/^(use|import|require)$/.test(word.text)) return undefined
  const { name, next } = moduleAt(tokens, index + 1)
  if (/^(Mix\.Project|Mix\.Config|Config|Logger|Mix)$/.test(name)) return next - index
  return runsCode(files, path, `${word.text} ${name}`)
}

/** `Module.call(...)`; a module alone is only a name. */
function callsModule({ tokens, files, path }: ElixirFile, index: number): number | Reason | undefined {
  const token = tokens[index]
  if (token?.kind !== 'word' || !/^[A-Z]/.test(token.text)) return undefined
  const { name, next } = moduleAt(tokens, index)
  const call =
    isToken(tokens[next], '.') && tokens[next + 1]?.kind === 'word' ? tokens[next + 1]?.text : undefined
  if (call === undefined) return next - index
  if (SAFE_MODULES.has(name) || SAFE_CALLS.has(`${name}.${call}`)) return next + 2 - index
  return runsCode(files, path, `${name}.${call}`)
}

function moduleAt(
  tokens: readonly CodeToken[],
  index: number,
): { readonly name: string; readonly next: number } {
  let name = tokens[index]?.text ?? ''
  let next = index + 1
  while (isToken(tokens[next], '.') && /^[A-Z]/.test(tokens[next + 1]?.text ?? '')) {
    name += `.${tokens[next + 1]?.text ?? ''}`
    next += 2
  }
  return { name, next }
}

/** `:os.cmd(...)`. */
function callsErlang({ tokens, files, path }: ElixirFile, index: number): number | Reason | undefined {
  const [module, dot, call] = tokens.slice(index, index + 3)
  if (module?.kind !== 'symbol' || !isToken(dot, '.') || call?.kind !== 'word') return undefined
  if (
    /^(erlang\.system_info|os\.type|os\.getenv|crypto\.\w+|rand\.\w+|lists\.\w+|maps\.\w+)$/.test(
      `${module.text}.${call.text}`,
    )
  )
    return 3
  return runsCode(files, path, `:${module.text}.${call.text}`)
}
