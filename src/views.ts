import { filterTree } from './context/filter-tree.ts'
import { parseIgnore } from './context/ignore-matcher.ts'
import type { BuildContext, Commit, FileTree } from './context/types.ts'

/** Whether an ignore file of this text keeps a path out of the context. */
export function isIgnored(text: string, path: string): boolean {
  const matcher = parseIgnore(text)
  return 'ignores' in matcher && matcher.ignores(path)
}

/** One tree for one ignore file, so that what is known of it holds for all rounds, and for all Dockerfiles of the context. */
export function rememberedView(context: BuildContext, ignoreText: string): FileTree {
  const known = views.get(context.checkout) ?? new Map<string, FileTree>()
  const tree = known.get(ignoreText) ?? view(context, ignoreText)
  views.set(context.checkout, known.set(ignoreText, tree))
  return tree
}

const views = new WeakMap<FileTree, Map<string, FileTree>>()

function view(context: BuildContext, ignoreText: string): FileTree {
  const matcher = parseIgnore(ignoreText)
  return 'ignores' in matcher ? filterTree(context.checkout, matcher) : context.checkout
}

/** The last commits with what of them a builder sees; read when it is asked for, once for each ignore file. */
export function rememberedHistory(context: BuildContext, ignoreText: string): readonly Commit[] {
  const known = histories.get(context.checkout) ?? new Map<string, readonly Commit[]>()
  const commits = known.get(ignoreText) ?? visibleHistory(context, ignoreText)
  histories.set(context.checkout, known.set(ignoreText, commits))
  return commits
}

const histories = new WeakMap<FileTree, Map<string, readonly Commit[]>>()

function visibleHistory(context: BuildContext, ignoreText: string): readonly Commit[] {
  const matcher = parseIgnore(ignoreText)
  const commits = context.history()
  if (!('ignores' in matcher)) return commits
  return commits.map(({ paths }) => ({ paths: paths.filter((path) => !matcher.ignores(path)) }))
}
