import { parseIgnoreLines, type IgnoreLine } from './ignore-lines.ts'
import { compileIgnorePattern } from './ignore-pattern.ts'
import type { IgnoreMatcher } from './types.ts'

/** Why builders refuse the ignore file. */
export interface IgnoreError {
  /** 1-based. */
  readonly line: number
  readonly message: string
}

/**
 * Compiles an ignore file by the rules of BuildKit since 0.12 (moby/patternmatcher's `MatchesUsingParentResults` under
 * fsutil's walk). Results per directory are kept, so that a large tree costs one evaluation per path.
 *
 * A malformed pattern is an error, unless no path can ever be tested against it. Builders test lazily and so may
 * accept a few more; older ones do not.
 */
export function parseIgnore(text: string): IgnoreMatcher | IgnoreError {
  const rules: Rule[] = []
  for (const line of parseIgnoreLines(text)) {
    if (line.negated && line.pattern === '')
      return { line: line.line, message: 'illegal exclusion pattern: "!"' }
    const test = compileIgnorePattern(line.pattern)
    const isReached = !line.negated || rules.some((rule) => !rule.negated)
    if (test === undefined && isReached)
      return { line: line.line, message: `syntax error in pattern "${line.pattern}"` }
    rules.push({ ...line, test: test ?? (() => false) })
  }
  return createMatcher(rules)
}

interface Rule extends IgnoreLine {
  readonly test: (path: string) => boolean
}

/** What is known of a path after all rules. */
interface Verdict {
  /** Per rule, whether it matched the path or one of its parents. */
  readonly matched: readonly boolean[]
  /** Index of the rule that ignores the path, -1 when it is kept. */
  readonly by: number
  /** Whether the walk does not enter the directory. */
  readonly pruned: boolean
}

function createMatcher(rules: readonly Rule[]): IgnoreMatcher {
  const directories = new Map<string, Verdict>()
  const exceptions = rules.filter((rule) => rule.negated).map((rule) => withoutTrailingGlob(rule.pattern))
  // fsutil prunes only when every exception is a plain path.
  const canPrune = !exceptions.some((path) => /[*[\]?^\\]/.test(path))

  function judgeDirectory(dir: string): Verdict {
    const known = directories.get(dir)
    if (known !== undefined) return known
    const verdict = dir === '' ? ROOT : judge(dir)
    directories.set(dir, verdict)
    return verdict
  }

  function judge(path: string): Verdict {
    const parent = judgeDirectory(path.slice(0, Math.max(0, path.lastIndexOf('/'))))
    if (parent.pruned) return parent
    const matched: boolean[] = []
    let by = -1
    for (const [i, rule] of rules.entries()) {
      // A rule that cannot change the result is not evaluated, and counts as no match for the children.
      const matches = parent.matched[i] === true || (rule.negated === by >= 0 && rule.test(path))
      matched.push(matches)
      if (matches) by = rule.negated ? -1 : i
    }
    const isPruned = by >= 0 && canPrune && !exceptions.some((other) => `${other}/`.startsWith(`${path}/`))
    return { matched, by, pruned: isPruned }
  }

  function ruleOf(path: string): Rule | undefined {
    const normal = normalize(path)
    return normal === '' ? undefined : rules[(directories.get(normal) ?? judge(normal)).by]
  }

  return {
    ignores: (path) => ruleOf(path) !== undefined,
    prunes: (dir) => judgeDirectory(normalize(dir)).pruned,
    line: (path) => ruleOf(path)?.line,
  }
}

const ROOT: Verdict = { matched: [], by: -1, pruned: false }

function normalize(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path
}

function withoutTrailingGlob(pattern: string): string {
  return pattern.replace(/\/\*\*$/, '').replace(/\/\*$/, '')
}
