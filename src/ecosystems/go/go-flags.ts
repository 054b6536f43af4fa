import { words } from '../../effects/words.ts'
import type { Argument, Command } from '../../model/types.ts'

/** Flags with a value that may follow as a word of its own. https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies */
const VALUED = new Set(
  words(`
  C p asmflags buildmode compiler gccgoflags gcflags installsuffix ldflags mod modfile overlay pgo pkgdir tags
  toolexec covermode coverpkg o reuse run bench benchtime count cpu exec fuzz f parallel timeout shuffle
  coverprofile cpuprofile memprofile blockprofile outputdir
`),
)

export interface GoFlags {
  /** Name without dashes to value; `''` for a flag without one. */
  readonly flags: ReadonlyMap<string, Argument>
  readonly operands: readonly Argument[]
}

/** Go's flags: one or two dashes, and they end at the first word that is none. What is not known may be a flag. */
export function parseGoFlags(args: readonly Argument[]): GoFlags {
  const flags = new Map<string, Argument>()
  const hidden: Argument[] = []
  for (let index = 0; index < args.length; index++) {
    if (args[index] === undefined) {
      hidden.push(undefined)
      continue
    }
    const match = /^--?([a-zA-Z][\w.]*)(?:=([\s\S]*))?$/.exec(args[index] ?? '')
    if (match === null) return { flags, operands: [...hidden, ...args.slice(index)] }
    const [, name = '', value] = match
    if (value !== undefined) flags.set(name, value)
    else if (VALUED.has(name)) flags.set(name, args[++index])
    else flags.set(name, '')
  }
  return { flags, operands: hidden }
}

/** The value of a build flag: the command's own, or the one that GOFLAGS gives. */
export function buildFlag(command: Command, { flags }: GoFlags, name: string): Argument {
  if (flags.has(name)) return flags.get(name)
  const given = (command.env.get('GOFLAGS') ?? '').split(/\s+/)
  const word = given.findLast((text) => text.replace(/^--?/, '').startsWith(`${name}=`))
  return word === undefined ? '' : word.slice(word.indexOf('=') + 1)
}

/** Whether GOFLAGS or another variable that decides which modules are used has a value that is not known. */
export function unknownVariable(command: Command): string | undefined {
  const names = ['GOFLAGS', 'GOWORK', 'GOPATH', 'GOMODCACHE', 'GO111MODULE']
  return names.find((name) => command.env.has(name) && command.env.get(name) === undefined)
}
