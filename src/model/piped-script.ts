import type { Command } from './types.ts'

const SHELLS = new Set(['sh', 'bash', 'ash', 'dash'])

/**
 * The commands of a pipe, with the shell that runs a downloaded script (`curl URL | bash -s -- -y`) as a command of its own:
 * `remote-script`, whose arguments are the address and those of the script.
 */
export function joinPipedScript(
  commands: readonly (Command | undefined)[],
): readonly (Command | undefined)[] {
  const [first, second, ...others] = commands
  if (first === undefined || second === undefined || others.length > 0) return commands
  const url = toPipedUrl(first)
  if (url === undefined || second.args.includes(undefined)) return commands
  if (second.name === 'php') {
    const [dashes, ...own] = second.args
    return dashes === undefined || dashes === '--' ? [first, toScript(second, [url, ...own])] : commands
  }
  if (!SHELLS.has(second.name ?? '')) return commands
  const given = second.args.join(' ')
  const isPlain = given === '' || given === '-' || given === '-E -' || given === '-s' || given === '-s -'
  const isGiven = second.args[0] === '-s' && second.args[1] === '--'
  if (!isPlain && !isGiven) return commands
  const args = [url, ...(isGiven ? second.args.slice(2) : [])]
  return [first, toScript(second, args)]
}

function toScript(command: Command, args: Command['args']): Command {
  return { ...command, name: 'remote-script', program: 'remote-script', args }
}

const DOWNLOAD_FLAGS =
  /^(-[fsSLkq]+|--(fail|silent|show-error|location|tlsv1\.[0-3]|proto-redir|proto|quiet|retry|https-only))$/
const VALUES = new Set(['--proto', '--proto-redir', '--retry'])

/** The address of a download that is printed and not kept: `curl -fsSL URL`, `wget -qO- URL`. */
function toPipedUrl({ name, args, outputs }: Command): string | undefined {
  if ((name !== 'curl' && name !== 'wget') || outputs.length > 0 || args.includes(undefined)) return undefined
  const rest = args.filter(
    (arg, index) => !DOWNLOAD_FLAGS.test(arg ?? '') && !VALUES.has(args[index - 1] ?? ''),
  )
  const printed = name === 'curl' ? rest : rest.filter((arg) => !/^(-q?O-?|-)$/.test(arg ?? ''))
  if (name === 'wget' && printed.length === rest.length) return undefined
  const [url, ...others] = printed
  return others.length === 0 && url?.startsWith('https://') === true ? url : undefined
}
