import { words } from '../../effects/words.ts'
import type { Word } from './match-dotnet.ts'

/** An option of a call: its name, its value, and how to write it again. */
export interface Option {
  readonly name: string
  readonly value: Word | undefined
  readonly raws: readonly string[]
}

export interface DotnetOptions {
  readonly options: readonly Option[]
  readonly operands: readonly Word[]
}

/** https://learn.microsoft.com/dotnet/core/tools/dotnet-restore and dotnet-publish, dotnet-build, dotnet-test, dotnet-pack, dotnet-run */
const VALUED = new Set(
  words(`
  -r --runtime -a --arch --os -s --source --packages --configfile --lock-file-path -v --verbosity -c --configuration
  -f --framework -o --output --version-suffix --project --launch-profile --manifest --logger -l --filter --results-directory
  --collect --settings --test-adapter-path --diag --blame-hang-timeout --artifacts-path --property --tool-path --version
`),
)
const FLAGS = new Set(
  words(`
  --disable-parallel --force --force-evaluate --ignore-failed-sources --interactive --locked-mode --no-cache
  --no-http-cache --no-dependencies --use-lock-file --ucr --use-current-runtime --disable-build-servers --no-restore
  --no-build --no-incremental --nologo --no-logo -nologo /nologo --self-contained --sc --no-self-contained --include-symbols
  --include-source --serviceable --no-launch-profile --blame --blame-crash --blame-hang -t --list-tests -m /m -maxcpucount
  --tl:off --tl:on --tl:auto -tl:off --global -g
`),
)

/** Reads the options of a call; `undefined` when one is not known, or may be one. */
export function parseDotnetOptions(list: readonly Word[], verb: string): DotnetOptions | undefined {
  const options: Option[] = []
  const operands: Word[] = []
  for (let index = 0; index < list.length; index++) {
    const word = list[index]
    if (word === undefined) break
    const spelled = word.value ?? word.raw.replace(/["']/g, '')
    const property = /^(?:[-/]p|--?property|\/property):(.*)$/i.exec(spelled)
    const quiet =
      /^(?:[-/]v|[-/]verbosity|-m|\/m|-clp|[-/]bl|-warnaserror|\/warnaserror|-nowarn|\/nowarn)(?::.*)?$/i.test(
        spelled,
      )
    const equals = spelled.startsWith('--') ? spelled.indexOf('=') : -1
    const name = equals < 0 ? spelled : spelled.slice(0, equals)
    const next = list[index + 1]
    if (property !== null) {
      options.push({
        name: '-p',
        value: { raw: property[1] ?? '', value: word.value === undefined ? undefined : (property[1] ?? '') },
        raws: [word.raw],
      })
    } else if (equals >= 0 && (VALUED.has(name) || FLAGS.has(name))) {
      options.push({
        name,
        value: { raw: spelled.slice(equals + 1), value: word.value?.slice(equals + 1) },
        raws: [word.raw],
      })
    } else if (spelled === '-f' && verb === 'restore')
      options.push({ name: '--force', value: undefined, raws: [word.raw] })
    else if (spelled === '-p' && next !== undefined) {
      options.push({ name: '-p', value: next, raws: [word.raw, next.raw] })
      index++
    } else if (VALUED.has(name) && next !== undefined) {
      options.push({ name, value: next, raws: [word.raw, next.raw] })
      index++
    } else if (
      /^--(self-contained|sc|ucr|use-current-runtime)$/.test(name) &&
      /^(true|false)$/.test(next?.value ?? '')
    ) {
      options.push({ name, value: next, raws: [word.raw, next?.raw ?? ''] })
      index++
    } else if (FLAGS.has(name) || quiet) options.push({ name, value: undefined, raws: [word.raw] })
    else if (/^[-]/.test(spelled) || word.value === undefined) return undefined
    else operands.push(word)
  }
  return { options, operands }
}

/** The last value of an option under any of its names; `undefined` when it is not there. */
export function optionValue({ options }: DotnetOptions, ...names: readonly string[]): Word | undefined {
  return options.findLast(({ name }) => names.includes(name))?.value
}

export function hasDotnetOption({ options }: DotnetOptions, ...names: readonly string[]): boolean {
  return options.some(({ name }) => names.includes(name))
}

/** Properties that the command sets, names in lower case; an unknown value is `undefined`. */
export function commandProperties({ options }: DotnetOptions): ReadonlyMap<string, string | undefined> {
  const pairs = options.flatMap(({ name, value }): [string, string | undefined][] => {
    if (name !== '-p' && name !== '--property') return []
    return (value?.value ?? value?.raw.replace(/["']/g, '') ?? '').split(';').map((text) => {
      const [key = '', ...rest] = text.split('=')
      return [key.toLowerCase(), value?.value === undefined ? undefined : rest.join('=')]
    })
  })
  return new Map(pairs)
}
