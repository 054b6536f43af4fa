import { words } from '../../effects/words.ts'
import type { Argument } from '../../model/types.ts'

/** The arguments of Maven. */
export interface MavenOptions {
  /** Goals and phases. */
  readonly goals: readonly string[]
  readonly flags: ReadonlySet<string>
  /** Options with a value by their short name, the last value of each. */
  readonly values: ReadonlyMap<string, string>
  /** `-D` properties; `true` for one without a value. */
  readonly properties: ReadonlyMap<string, string>
}

/** https://maven.apache.org/ref/current/maven-embedder/cli.html */
const LONG: Readonly<Record<string, string>> = {
  file: '-f',
  settings: '-s',
  'global-settings': '-gs',
  toolchains: '-t',
  'global-toolchains': '-gt',
  'activate-profiles': '-P',
  projects: '-pl',
  'resume-from': '-rf',
  'log-file': '-l',
  threads: '-T',
  builder: '-b',
  color: '-color',
  define: '-D',
  offline: '-o',
  'non-recursive': '-N',
  'also-make': '-am',
  'also-make-dependents': '-amd',
  'batch-mode': '-B',
  'no-transfer-progress': '-ntp',
  'fail-never': '-fn',
  version: '-v',
}
const VALUED = new Set(words('-f -s -gs -t -gt -P -pl -rf -l -T -b -color -ep -emp -ps'))
const FLAGS = new Set(
  words(
    '-o -N -am -amd -B -ntp -fn -ff -fae -v -V -q -X -e -U -C -c -cpu -up -npu -npr -nsu -llr -h -itr -sadp -fos',
  ),
)

/**
 * Reads Maven's arguments; `undefined` when one is not known. A `-D` with a variable in the command's `text` is left out: the
 * value reaches POMs, not the choice of files.
 */
export function parseMavenOptions(args: readonly Argument[], text = ''): MavenOptions | undefined {
  const goals: string[] = []
  const flags = new Set<string>()
  const values = new Map<string, string>()
  const properties = new Map<string, string>()
  const define = (text: string): void => {
    const equals = text.indexOf('=')
    properties.set(equals < 0 ? text : text.slice(0, equals), equals < 0 ? 'true' : text.slice(equals + 1))
  }
  const isHidden = args.filter((arg) => arg === undefined).length === hiddenProperties(text)
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]
    if (arg === undefined) {
      if (!isHidden) return undefined
      continue
    }
    const [, long, given] = /^--([a-z-]+)(?:=([\s\S]*))?$/.exec(arg) ?? []
    const name = long === undefined ? arg : (LONG[long] ?? arg)
    if (name === '-D' || VALUED.has(name)) {
      const value = given ?? args[++index]
      if (value === undefined) return undefined
      if (name === '-D') define(value)
      else values.set(name, value)
    } else if (FLAGS.has(name) || arg.startsWith('--')) flags.add(name)
    else if (arg.startsWith('-D')) define(arg.slice(2))
    else if (/^-[PTfsl]./.test(arg)) values.set(arg.slice(0, 2), arg.slice(2))
    else if (arg.startsWith('-')) flags.add(arg)
    else goals.push(arg)
  }
  return { goals, flags, values, properties }
}

/** How many words of a command's text are `-D` properties with a variable in them. */
function hiddenProperties(text: string): number {
  const spelled = text.split(/\s+/).filter((word) => word.includes('$'))
  return spelled.every((word) => /^["']?-D["']?[\w.-]+=/.test(word)) ? spelled.length : -1
}
