import { joinPath, parentPath } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { isLocalRepository } from '../shared/is-local-repository.ts'
import { isToken } from '../shared/lex-code.ts'
import { lookAt } from '../shared/look.ts'
import { runsCode } from '../shared/runs-code.ts'
import { checkGemspecs } from './check-gemspecs.ts'
import { openRuby, type RubyFile, type RubyRule } from './ruby-file.ts'
import { parsePath } from './ruby-paths.ts'
import { scanRuby } from './scan-ruby.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** What a Gemfile says, with the files that it evaluates. */
export interface Gemfile {
  /** Absolute image path. */
  readonly path: string
  /** The gems that it names, with their requirements as the lockfile would write them. */
  readonly gems: ReadonlyMap<string, string>
  /** Whether the list of gems may depend on more than the text: conditions, a gemspec. */
  readonly conditional: boolean
}

interface Found {
  readonly gems: Map<string, string>
  conditional: boolean
}

const CONDITIONS = new Set(['if', 'unless', 'case', 'def', 'each', 'gemspec', 'while', 'and', 'or'])

/** Reads a Gemfile and records every file that evaluating it reads. https://bundler.io/man/gemfile.5.html */
export function readGemfile(files: ImageFiles, path: string, cwd: string): Gemfile | Reason | undefined {
  const file = openRuby(files, path, cwd)
  if (file === undefined || isReason(file)) return file
  const found: Found = { gems: new Map(), conditional: false }
  const reason = scanGemfile(file, parentPath(path), found)
  return reason ?? { path, ...found }
}

function scanGemfile(file: RubyFile, root: string, found: Found): Reason | undefined {
  if (file.tokens.some((token) => CONDITIONS.has(token.text) && token.kind === 'word'))
    found.conditional = true
  const rules: readonly RubyRule[] = [
    (at, index) => evaluates(at, index, root, found),
    (at, index) => namesGem(at, index, found),
    (at, index) => namesPath(at, index, root),
    (at, index) => namesGemspec(at, index, root),
    namesSource,
    (at, index) => namesRubyFile(at, index, root),
  ]
  return scanRuby(file, rules)
}

/** `eval_gemfile "x"` and `instance_eval File.read("x")`. */
function evaluates(file: RubyFile, index: number, root: string, found: Found): number | Reason | undefined {
  const { tokens } = file
  let at = index + 1
  if (isToken(tokens[at], '(')) at++
  const read = isToken(tokens[at], 'File') && isToken(tokens[at + 1], '.') && isToken(tokens[at + 2], 'read')
  if (isToken(tokens[index], 'instance_eval') || isToken(tokens[index], 'eval')) {
    if (!read) return undefined
    at += isToken(tokens[at + 3], '(') ? 4 : 3
  } else if (!isToken(tokens[index], 'eval_gemfile')) return undefined
  const parsed = parsePath(file, at, read ? file.cwd : parentPath(file.path))
  if (parsed === undefined) return undefined
  if (file.seen.has(parsed.path)) return parsed.next - index
  const other = openRuby(file.files, parsed.path, file.cwd, file)
  if (isReason(other)) return other
  return (other === undefined ? undefined : scanGemfile(other, root, found)) ?? parsed.next - index
}

/** `gem "name", "~> 1.0", ">= 1.0.2"`: takes only the word, so that its options are looked at on their own. */
function namesGem({ tokens }: RubyFile, index: number, found: Found): number | undefined {
  if (!isToken(tokens[index], 'gem')) return undefined
  const start = isToken(tokens[index + 1], '(') ? index + 2 : index + 1
  const name = tokens[start]
  if (name?.kind !== 'string' || name.inner !== undefined) {
    found.conditional = true
    return 1
  }
  const requirements: string[] = []
  let at = start + 1
  for (; isToken(tokens[at], ','); at += 2) {
    let next = tokens[at + 1]
    if (next?.kind === 'newline') next = tokens[++at + 1]
    if (next?.kind !== 'string' || next.inner !== undefined) break
    requirements.push(next.text)
  }
  if (isToken(tokens[at + 1], '[')) found.conditional = true
  found.gems.set(name.text, requirements.map(toRequirement).sort().join(', '))
  return 1
}

function toRequirement(text: string): string {
  const [, operator = '', version = ''] = /^\s*([<>=~!]*)\s*(.*?)\s*$/.exec(text) ?? []
  return `${operator === '' ? '=' : operator} ${version}`
}

/** `path: "engines/shop"`, `:path => "..."`, `path "components" do`: the gems there are read whole. */
function namesPath(file: RubyFile, index: number, root: string): number | Reason | undefined {
  const { tokens, files } = file
  const token = tokens[index]
  const arrow = token?.kind === 'symbol' && isToken(tokens[index + 1], '=>')
  if (token?.text !== 'path' || !(token.kind === 'key' || token.kind === 'word' || arrow)) return undefined
  const parsed = parsePath(file, index + (arrow ? 2 : 1), root)
  if (parsed === undefined) return runsCode(files, file.path, 'path')
  const kind = lookAt(files, parsed.path)
  if (isReason(kind)) return kind
  if (kind === 'file')
    return { code: 'local-dependency', file: files.origin(file.path), dependency: files.origin(parsed.path) }
  if (kind === 'dir') {
    files.readTree(parsed.path)
    const reason = checkGemspecs(files, parsed.path, 'tree')
    if (reason !== undefined) return reason
  }
  return parsed.next - index
}

/** `gemspec`, with options: the project itself is a gem, of which the gemspec and what it loads are read. */
function namesGemspec(file: RubyFile, index: number, root: string): number | Reason | undefined {
  const { tokens, files } = file
  if (!isToken(tokens[index], 'gemspec')) return undefined
  let dir = root
  let at = index + 1
  if (isToken(tokens[at], '(')) at++
  for (; at < tokens.length && tokens[at]?.kind !== 'newline'; at++) {
    const arrow = tokens[at]?.kind === 'symbol' && isToken(tokens[at + 1], '=>')
    if (tokens[at]?.text !== 'path' || !(tokens[at]?.kind === 'key' || arrow)) continue
    const parsed = parsePath(file, at + (arrow ? 2 : 1), root)
    if (parsed === undefined) return runsCode(files, file.path, 'path')
    dir = parsed.path
    at = parsed.next - 1
  }
  return checkGemspecs(files, dir, 'manifests') ?? at - index
}

/** A source or a repository that is a directory. */
function namesSource({ tokens, files, path }: RubyFile, index: number): Reason | undefined {
  const token = tokens[index]
  const value = tokens[index + (isToken(tokens[index + 1], '=>') ? 2 : 1)]
  if (token === undefined || !['source', 'git', 'url'].includes(token.text) || value?.kind !== 'string')
    return undefined
  if (!isLocalRepository(value.text)) return undefined
  return { code: 'local-dependency', file: files.origin(path), dependency: value.text }
}

/** `ruby file: ".ruby-version"`. */
function namesRubyFile(file: RubyFile, index: number, root: string): number | Reason | undefined {
  const key = file.tokens[index]
  if (key?.kind !== 'key' || key.text !== 'file') return undefined
  const name = file.tokens[index + 1]
  if (name?.kind !== 'string' || name.inner !== undefined) return runsCode(file.files, file.path, 'file')
  const kind = lookAt(file.files, joinPath(root, name.text))
  return isReason(kind) ? kind : 2
}
