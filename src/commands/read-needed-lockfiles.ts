import { isDockerfileError } from '../dockerfile/is-dockerfile-error.ts'
import { readRun } from '../dockerfile/run-script.ts'
import { parseDockerfile } from '../dockerfile/scan.ts'
import { resolveWord } from '../dockerfile/shell.ts'
import type { Node, Script } from '../dockerfile/shell-types.ts'

/** Installs that fail without their lockfile: what their words are, and the names of which one must be there. */
const FROZEN: readonly { readonly words: RegExp; readonly lockfiles: readonly string[] }[] = [
  { words: /^npm (ci|clean-install)( -|$)/, lockfiles: ['package-lock.json', 'npm-shrinkwrap.json'] },
  { words: /^yarn( install)?( -\S+)* --immutable( |$)/, lockfiles: ['yarn.lock'] },
  { words: /^pnpm (i|install)( -\S+)* --frozen-lockfile( |$)/, lockfiles: ['pnpm-lock.yaml'] },
  { words: /^bun (i|install)( -\S+)* --frozen-lockfile( |$)/, lockfiles: ['bun.lock', 'bun.lockb'] },
]

/**
 * The lockfiles that a Dockerfile's installs cannot do without, as lists of which one name must be there. A hint at the
 * context: installs that change the directory first, or that may not be run, are left out.
 */
export function readNeededLockfiles(text: string): readonly (readonly string[])[] {
  if (text.length > 1_000_000 || text.includes('\0')) return []
  const dockerfile = parseDockerfile(text)
  if (isDockerfileError(dockerfile)) return []
  return dockerfile.instructions.flatMap((instruction) => {
    if (instruction.keyword !== 'RUN') return []
    return commandsOf(readRun(instruction, dockerfile).script).flatMap((words) =>
      FROZEN.filter((install) => install.words.test(words)).map(({ lockfiles }) => lockfiles),
    )
  })
}

/** The commands that a script runs in the directory in which it starts. */
function commandsOf(script: Script | undefined): readonly string[] {
  const nodes = (script?.statements ?? []).flatMap(({ node }) => toChain(node))
  const spelled = nodes.map((node) =>
    node.kind === 'command' ? node.words.map((word) => resolveWord(word, () => false) ?? '').join(' ') : '',
  )
  const moved = spelled.findIndex((words) => /^(cd|pushd)( |$)/.test(words))
  return moved < 0 ? spelled : spelled.slice(0, moved)
}

function toChain(node: Node): readonly Node[] {
  return node.kind === 'and-or' && !node.operators.includes('||') ? node.parts.flatMap(toChain) : [node]
}
