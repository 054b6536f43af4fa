import { isReason } from '../shared/outcome.ts'
import { lexCode, type CodeToken } from '../shared/lex-code.ts'
import { lookInto } from '../shared/look.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** A Ruby file that is being read for what it loads. */
export interface RubyFile {
  readonly files: ImageFiles
  /** Absolute image path. */
  readonly path: string
  /** Where relative paths begin: the directory that the command runs in. */
  readonly cwd: string
  readonly tokens: readonly CodeToken[]
  /** Directories that `$LOAD_PATH` got. */
  readonly loadPath: string[]
  /** Constants that this file and those that it loads define. */
  readonly defined: Set<string>
  /** Files that have been read, this one among them. */
  readonly seen: Set<string>
  /** Local variables that stand for a path in all of the file. */
  readonly paths: Map<string, string>
}

/** What a rule makes of the tokens at an index: how many it takes, a refusal, or nothing. */
export type RubyRule = (file: RubyFile, index: number) => number | Reason | undefined

/** Reads a Ruby file with everything that it loads by literal path; `undefined` when it is not there. */
export function openRuby(
  files: ImageFiles,
  path: string,
  cwd: string,
  parent?: RubyFile,
): RubyFile | Reason | undefined {
  const text = lookInto(files, path)
  if (text === undefined || isReason(text)) return text
  const tokens = lexCode(text, 'ruby')
  if (tokens === undefined) {
    return {
      code: 'unreadable-manifest',
      file: files.origin(path),
      problem: 'its strings are not understood',
    }
  }
  const { loadPath = [], defined = new Set<string>(), seen = new Set<string>() } = parent ?? {}
  seen.add(path)
  return { files, path, cwd, tokens, loadPath, defined, seen, paths: new Map() }
}
