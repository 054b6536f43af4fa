import { joinPath, parentPath } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { isToken, type CodeToken } from '../shared/lex-code.ts'
import { lookAt } from '../shared/look.ts'
import { namesVariable, parsePath } from './ruby-paths.ts'
import { openRuby, type RubyFile, type RubyRule } from './ruby-file.ts'
import { runsCode } from '../shared/runs-code.ts'
import { SAFE_CONSTANTS, SAFE_LIBRARIES, UNSAFE_WORDS } from './ruby-words.ts'
import type { Reason } from '../../findings/reasons.ts'

/** The first thing in a file that may read or run what is not known; files that it names are recorded. */
export function scanRuby(file: RubyFile, rules: readonly RubyRule[]): Reason | undefined {
  const all = [...rules, namesVariable, readsFile, namesFile, changesLoadPath, loadsLibrary]
  for (const [index, token] of file.tokens.entries()) {
    const name = file.tokens[index + 1]
    if ((isToken(token, 'module') || isToken(token, 'class')) && name?.kind === 'word')
      file.defined.add(name.text)
    if (/^[A-Z]/.test(token.text) && isToken(name, '=')) file.defined.add(token.text)
  }
  return scanTokens(file, all)
}

function scanTokens(file: RubyFile, rules: readonly RubyRule[]): Reason | undefined {
  for (let index = 0; index < file.tokens.length;) {
    const taken = firstMatch(file, index, rules)
    if (isReason(taken)) return taken
    const token = file.tokens[index]
    if (taken === undefined && token !== undefined && isUnsafe(file, token)) {
      return runsCode(file.files, file.path, token.text === '`' ? '`...`' : token.text)
    }
    if (taken === undefined && token?.inner !== undefined) {
      const reason = scanTokens({ ...file, tokens: token.inner }, rules)
      if (reason !== undefined) return reason
    }
    index += taken ?? 1
  }
  return undefined
}

function firstMatch(file: RubyFile, index: number, rules: readonly RubyRule[]): number | Reason | undefined {
  for (const rule of rules) {
    const taken = rule(file, index)
    if (taken !== undefined) return taken
  }
  return undefined
}

function isUnsafe({ defined }: RubyFile, { kind, text }: CodeToken): boolean {
  // A symbol may name a method for `map(&:read)`.
  if (kind === 'symbol') return /^(read|system|exec|eval|open|load|require|send)$/.test(text)
  if (kind !== 'word') return false
  return UNSAFE_WORDS.has(text) || (/^[A-Z]/.test(text) && !SAFE_CONSTANTS.has(text) && !defined.has(text))
}

const READERS = new Set(['read', 'readlines', 'binread', 'foreach', 'exist?', 'exists?', 'file?'])

/** `File.read("x")` and `File.exist?("x")`. */
function readsFile(file: RubyFile, index: number): number | Reason | undefined {
  const { tokens, files } = file
  const [constant, dot, method, open] = tokens.slice(index, index + 4)
  if (!isToken(constant, 'File') && !isToken(constant, 'IO')) return undefined
  if (!isToken(dot, '.') || method?.kind !== 'word' || !READERS.has(method.text)) return undefined
  const bracket = isToken(open, '(')
  const parsed = parsePath(file, index + (bracket ? 4 : 3), file.cwd)
  if (parsed === undefined) return undefined
  const kind = lookAt(files, parsed.path)
  if (isReason(kind)) return kind
  if (kind === 'dir')
    return { code: 'reads-sources', text: files.origin(file.path), path: files.origin(parsed.path) }
  return parsed.next - index
}

/** `File.basename(f)` works on the name alone; its argument is looked at on its own. */
function namesFile({ tokens }: RubyFile, index: number): number | undefined {
  const [constant, dot, method] = tokens.slice(index, index + 3)
  if (!isToken(constant, 'File') || !isToken(dot, '.')) return undefined
  return /^(basename|extname|dirname|join|expand_path|split)$/.test(method?.text ?? '') ? 3 : undefined
}

/** `$LOAD_PATH.unshift File.expand_path("lib", __dir__)`. */
function changesLoadPath(file: RubyFile, index: number): number | undefined {
  const [name, dot, method] = file.tokens.slice(index, index + 3)
  if (!isToken(name, '$LOAD_PATH') && !isToken(name, '$:')) return undefined
  if (isToken(dot, '.') && isToken(method, 'include?')) return 3
  const pushes = isToken(dot, '.') && /^(push|unshift|append|prepend)$/.test(method?.text ?? '')
  const start = pushes
    ? index + 3 + (isToken(file.tokens[index + 3], '(') ? 1 : 0)
    : isToken(dot, '<<')
      ? index + 2
      : undefined
  const parsed = start === undefined ? undefined : parsePath(file, start, file.cwd)
  if (parsed === undefined) return undefined
  file.loadPath.push(parsed.path)
  return parsed.next - index
}

/** `require_relative "lib/x/version"`, and `require` of a file in the load path or of a harmless library. */
function loadsLibrary(file: RubyFile, index: number): number | Reason | undefined {
  const [word, second, third] = file.tokens.slice(index, index + 3)
  const relative = isToken(word, 'require_relative')
  if (!relative && !isToken(word, 'require')) return undefined
  const at = isToken(second, '(') ? index + 2 : index + 1
  const name = at === index + 1 ? second : third
  const bases = relative ? [parentPath(file.path)] : file.loadPath
  if (!relative && name?.kind === 'string' && SAFE_LIBRARIES.has(name.text) && name.inner === undefined)
    return at - index + 1
  const parsed = parsePath(file, at, bases[0] ?? file.cwd)
  if (parsed === undefined) return undefined
  const fixed =
    !relative && name?.kind === 'string' && !name.text.startsWith('.')
      ? bases.map((base) => joinPath(base, name.text))
      : [parsed.path]
  for (const path of fixed) {
    const source = path.endsWith('.rb') ? path : `${path}.rb`
    if (file.seen.has(source)) return parsed.next - index
    const loaded = openRuby(file.files, source, file.cwd, file)
    if (loaded === undefined) continue
    return isReason(loaded) ? loaded : (scanRuby(loaded, []) ?? parsed.next - index)
  }
  return undefined
}
