import { joinPath, parentPath } from '../../model/paths.ts'
import { isToken } from '../shared/lex-code.ts'
import type { RubyFile } from './ruby-file.ts'

/** A path and the index behind it. */
export interface RubyPath {
  readonly path: string
  readonly next: number
}

/**
 * The path that an expression at an index stands for: a string, `__dir__`, `__FILE__`, `File.join(...)`,
 * `File.expand_path(...)`, `File.dirname(...)`, `"#{__dir__}/x"`, or a variable of such a value. `undefined` for
 * everything else.
 */
export function parsePath(file: RubyFile, index: number, base: string): RubyPath | undefined {
  const token = file.tokens[index]
  if (token === undefined) return undefined
  if (isToken(token, '__dir__')) return { path: parentPath(file.path), next: index + 1 }
  if (isToken(token, '__FILE__')) return { path: file.path, next: index + 1 }
  if (token.kind === 'string') {
    if (token.inner === undefined) return { path: joinPath(base, token.text), next: index + 1 }
    const [first, second] = token.inner
    const own = isToken(first, '__dir__') && second?.kind === 'newline' && token.inner.length === 2
    return own && token.text.startsWith('/')
      ? { path: joinPath(parentPath(file.path), `.${token.text}`), next: index + 1 }
      : undefined
  }
  const known = token.kind === 'word' ? file.paths.get(token.text) : undefined
  if (known !== undefined && !isToken(file.tokens[index + 1], '.')) return { path: known, next: index + 1 }
  const name =
    isToken(token, 'File') && isToken(file.tokens[index + 1], '.') ? file.tokens[index + 2]?.text : undefined
  if (name !== 'join' && name !== 'expand_path' && name !== 'dirname') return undefined
  if (!isToken(file.tokens[index + 3], '(')) return undefined
  const parts: number[] = []
  let at = index + 4
  for (;;) {
    const part = parsePath(file, at, base)
    if (part === undefined) return undefined
    parts.push(at)
    at = part.next
    if (isToken(file.tokens[at], ')')) break
    if (!isToken(file.tokens[at], ',')) return undefined
    at++
  }
  // `expand_path` has its base last, `join` first.
  const ordered = name === 'expand_path' ? parts.toReversed() : parts
  const path = ordered.reduce((dir, part) => parsePath(file, part, dir)?.path ?? dir, base)
  if (name !== 'join' && parts.length > (name === 'dirname' ? 1 : 2)) return undefined
  return { path: name === 'dirname' ? parentPath(path) : path, next: at + 1 }
}

/** `lib = File.expand_path("lib", __dir__)`, where the name stands for nothing else in the file. */
export function namesVariable(file: RubyFile, index: number): number | undefined {
  const { tokens, paths } = file
  const name = tokens[index]
  if (name?.kind !== 'word' || !/^[a-z_]\w*$/.test(name.text) || !isToken(tokens[index + 1], '='))
    return undefined
  const parsed = parsePath(file, index + 2, file.cwd)
  if (parsed === undefined || (tokens[parsed.next] ?? NEWLINE).kind !== 'newline') return undefined
  // Assigned again, changed in its place, or the parameter of a block.
  const other = tokens.some(
    (token, at) => at !== index && isToken(token, name.text) && CHANGES.test(tokens[at + 1]?.text ?? ''),
  )
  if (other || isToken(tokens[index - 1], '.')) return undefined
  paths.set(name.text, parsed.path)
  return parsed.next - index
}

const NEWLINE = { kind: 'newline' }
const CHANGES = /^([=+.,|]|<<|\|\||&&)$/
