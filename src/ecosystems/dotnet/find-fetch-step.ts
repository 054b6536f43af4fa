import { hasDotnetOption, optionValue, parseDotnetOptions, type Option } from './options.ts'
import { isReason } from '../shared/outcome.ts'
import { matchDotnet } from './match-dotnet.ts'
import { readRestore } from './resolve-dotnet.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, FetchStep, ImageFiles } from '../../model/types.ts'

const VERBS = new Set(['build', 'publish', 'test', 'pack'])

/** Options that say how to build, and nothing about which packages that takes. */
const FOR_BUILD =
  /^(-o|--output|-v|--verbosity|[-/]v(erbosity)?(:.*)?|--?nologo|\/nologo|--no-logo|--no-incremental|--no-dependencies|--version-suffix|-f|--framework|--interactive|--disable-build-servers|-m.*|\/m.*|[-/]bl.*|-clp.*|[-/]warnaserror.*|[-/]nowarn.*|--?tl:\w+|--include-\w+|--serviceable|--logger|-l|--filter|--results-directory|--collect|--settings|--diag|--blame.*|--test-adapter-path)$/

/**
 * `dotnet restore` above a build that restores on the way, with the same project, runtime and properties. The build
 * restores again, finds nothing to do, and decides what is in `obj`.
 */
export function findFetchStep(command: Command, files: ImageFiles): FetchStep | Reason | undefined {
  const call = matchDotnet(command, files)
  if (call === undefined || !VERBS.has(call.verb)) return undefined
  const options = call.words === undefined ? undefined : parseDotnetOptions(call.words, call.verb)
  const unknown: Reason = { code: 'unknown-argument', text: command.text }
  if (options === undefined || options.operands.length > 1) return unknown
  if (hasDotnetOption(options, '--no-restore', '--no-build')) return undefined
  const [operand] = options.operands
  if (operand !== undefined && (operand.value === undefined || /\.dll$/i.test(operand.value))) return unknown
  const flags: string[] = []
  for (const option of options.options) {
    const flag = toRestoreFlag(option)
    if (flag === undefined) return unknown
    flags.push(...flag)
  }
  const restore = readRestore(options, operand?.value, command, files)
  if (isReason(restore)) return restore
  // Which packages a build of another configuration needs is decided by the SDK's version.
  const configured = optionValue(options, '-c', '--configuration') !== undefined
  const varies = [...restore.closure.conditions].some((condition) => /\$\(Configuration\)/i.test(condition))
  if (varies && !configured && call.verb !== 'build' && call.verb !== 'test')
    return { code: 'unknown-argument', text: '$(Configuration)' }
  const words = [call.program, 'restore', ...(operand === undefined ? [] : [operand.raw]), ...flags]
  return { command: words.join(' '), cwd: command.cwd }
}

/** How a restore says the same; an empty list for what it need not know, `undefined` for what it cannot be told. */
function toRestoreFlag({ name, value, raws }: Option): readonly string[] | undefined {
  const quoted = value?.raw ?? ''
  switch (name) {
    case '-r':
    case '--runtime':
    case '-s':
    case '--source':
    case '--configfile':
      return raws
    case '-p':
      return /^["']?TargetFramework=/i.test(quoted) ? [] : raws
    case '-c':
    case '--configuration':
      return [`-p:Configuration=${quoted}`]
    case '--self-contained':
    case '--sc':
      return [`-p:SelfContained=${value?.value ?? (quoted === '' ? 'true' : quoted)}`]
    case '--no-self-contained':
      return ['-p:SelfContained=false']
    default:
      return FOR_BUILD.test(name) ? [] : undefined
  }
}
