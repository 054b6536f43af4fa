import { createImageFiles } from '../../src/model/image-files.ts'
import { parseIgnore } from '../../src/context/ignore-matcher.ts'
import { needsGit } from './needs-git.ts'
import type { TransformInput } from '../types.ts'

export interface Candidate {
  readonly pattern: string
  /** Whether an accepted rewrite relies on it. */
  readonly required: boolean
  /** Whether it may hide tracked files that no step reads: their absence is told in a note. */
  readonly mayHideTracked: boolean
}

/** Never part of an application: version control, secrets, logs, what editors and systems leave behind. */
const HYGIENE = ['.git', '.env', '*.log', '.DS_Store', '.idea', '.vscode']

/** Read by people, not by programs; left in when any step could read them. */
const FOR_PEOPLE = ['tests/', 'README.md']

/** Patterns worth having: those that rewrites need, those of the managers in use, and what no build needs. */
export function ignoreCandidates(input: TransformInput): readonly Candidate[] {
  const created = input.ignoreFile.text === undefined
  const exists = (pattern: string): boolean => {
    const path = pattern.replace(/\/$/, '')
    return input.context.checkout.kind(path) !== undefined || input.context.hasUntracked(path)
  }
  const matcher = parseIgnore(input.ignoreFile.text ?? '')
  const isIgnored = (path: string): boolean => 'ignores' in matcher && matcher.ignores(path)
  const needed = input.needed
    .filter(({ path }) => !isIgnored(path))
    .map(({ pattern }) => ({ pattern, required: true, mayHideTracked: false }))
  const managed = managersInUse(input)
    .flatMap((ecosystem) => ecosystem.ignore)
    .map((pattern) => ({ pattern, required: false, mayHideTracked: false }))
  // An existing file is its owner's: it gets only what is really lying about.
  const hygiene = HYGIENE.filter(
    (pattern) =>
      (created || exists(pattern)) && (pattern !== '.git' || isIgnored('.git') || !needsGit(input)),
  )
  const people = created && input.options['hideUnread'] === true ? FOR_PEOPLE.filter(exists) : []
  const { patterns } = input.options
  const all = [
    ...needed,
    ...(created ? managed : []),
    ...hygiene.map((pattern) => ({ pattern, required: false, mayHideTracked: false })),
    ...(Array.isArray(patterns) ? patterns : []).map((pattern) => ({
      pattern,
      required: false,
      mayHideTracked: true,
    })),
    ...people.map((pattern) => ({ pattern, required: false, mayHideTracked: true })),
  ]
  return all.filter((item, index) => all.findIndex((other) => other.pattern === item.pattern) === index)
}

function managersInUse(input: TransformInput) {
  const files = createImageFiles([], input.build.context, input.build.tolerance, [])
  const commands = input.build.stages.flatMap((stage) =>
    stage.steps.flatMap((step) => step.atoms.flatMap((atom) => atom.unit.commands)),
  )
  return input.ecosystems.filter((ecosystem) =>
    commands.some((command) => command !== undefined && ecosystem.resolve(command, files) !== undefined),
  )
}
