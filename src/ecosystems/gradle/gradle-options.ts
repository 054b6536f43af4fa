import { words } from '../../effects/words.ts'
import type { Argument } from '../../model/types.ts'

/** The arguments of Gradle. */
export interface GradleOptions {
  /** Tasks without their options: `:app:dependencies`. */
  readonly tasks: readonly string[]
  readonly flags: ReadonlySet<string>
  /** Options with a value by their short name, every value. */
  readonly values: ReadonlyMap<string, readonly string[]>
  /** `-P` and `-D` as given. */
  readonly properties: readonly string[]
}

/** https://docs.gradle.org/current/userguide/command_line_interface.html */
const LONG: Readonly<Record<string, string>> = {
  '--project-dir': '-p',
  '--gradle-user-home': '-g',
  '--init-script': '-I',
  '--build-file': '-b',
  '--settings-file': '-c',
  '--exclude-task': '-x',
  '--dependency-verification': '-F',
  '--write-verification-metadata': '-M',
}
const VALUED = new Set(
  words(`
  -p -g -I -b -c -x -F -M --configuration --include-build --console --max-workers --project-cache-dir
  --warning-mode --priority --update-locks --dependency --tests
`),
)

/**
 * Reads Gradle's arguments; `undefined` when one is not known. `-P` and `-D` whose value is not known are left out: their
 * values reach scripts, not the choice of files.
 */
export function parseGradleOptions(args: readonly Argument[], text = ''): GradleOptions | undefined {
  const tasks: string[] = []
  const flags = new Set<string>()
  const values = new Map<string, readonly string[]>()
  const properties: string[] = []
  const hidden = text.split(/\s+/).filter((word) => word.includes('$'))
  const isProperty = hidden.every((word) => /^["']?-[PD]["']?[\w.-]+=/.test(word))
  const areHidden = isProperty && args.filter((arg) => arg === undefined).length === hidden.length
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]
    if (arg === undefined) {
      if (!areHidden) return undefined
      continue
    }
    const equals = arg.startsWith('--') ? arg.indexOf('=') : -1
    const spelled = equals < 0 ? arg : arg.slice(0, equals)
    const name = LONG[spelled] ?? spelled
    if (/^-[PD]/.test(arg)) {
      const property = arg.length > 2 ? arg : `${arg}${args[++index] ?? ''}`
      properties.push(property)
    } else if (VALUED.has(name)) {
      const value = equals < 0 ? args[++index] : arg.slice(equals + 1)
      if (value === undefined) return undefined
      values.set(name, [...(values.get(name) ?? []), value])
    } else if (/^-[pgIbcxFM]./.test(arg)) {
      const key = arg.slice(0, 2)
      values.set(key, [...(values.get(key) ?? []), arg.slice(2).replace(/^=/, '')])
    } else if (arg.startsWith('-')) flags.add(name)
    else tasks.push(arg)
  }
  return { tasks, flags, values, properties }
}
