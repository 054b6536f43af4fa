import type { Argument, Command } from '../../model/types.ts'

/** A call of a package manager, however it was started. */
export interface Invocation {
  readonly args: readonly Argument[]
  /** The version that the command names, `8` in `npx pnpm@8 i`. */
  readonly version?: string
  readonly via?: 'npx' | 'corepack'
}

const NPX_FLAGS = /^(-y|--yes|-q|--quiet|--silent|--no-install|--prefer-offline)$/

/** The call of one of `names`, plain or through `npx` or `corepack`; `undefined` when the command is another. */
export function matchManager(command: Command, names: readonly string[]): Invocation | undefined {
  const { name } = command
  const args = spellVersions(command)
  if (name === undefined) return undefined
  if (names.includes(name)) return { args }
  if (name !== 'npx' && name !== 'corepack') return undefined
  const start = name === 'npx' ? args.findIndex((arg) => arg === undefined || !NPX_FLAGS.test(arg)) : 0
  const [, manager, version] = /^([a-z]+)(?:@(.+))?$/.exec(args[start] ?? '') ?? []
  if (manager === undefined || !names.includes(manager)) return undefined
  return { args: args.slice(start + 1), via: name, ...(version === undefined ? {} : { version }) }
}

/**
 * Puts `name@$VERSION` back as spelled where the variable is not known: whatever its value, the word names a package.
 * Only done when the words of this form in the text account for all unknown arguments.
 */
export function spellVersions({ args, text }: Command): readonly Argument[] {
  const words = text.split(/\s+/).map((word) => word.replace(/^(["'])(.*)\1$/, '$2'))
  const spelled = words.filter((word) => /^(@[\w.-]+\/)?[a-z][\w.-]*@\$\{?\w+\}?$/.test(word))
  if (args.filter((arg) => arg === undefined).length !== spelled.length) return args
  const rest = [...spelled]
  return args.map((arg) => arg ?? rest.shift())
}
