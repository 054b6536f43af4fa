import type { Argument, Command } from '../../model/types.ts'

/**
 * The arguments of a command, with a number in place of what the shell computes for an option such as `-j$(nproc)` or
 * `--jobs "$JOBS"`: how many jobs run at once decides nothing. As they are when anything else of them is computed.
 */
export function fillJobs(
  { args, text }: Command,
  names: readonly [string, ...string[]],
): readonly Argument[] {
  if (!args.includes(undefined)) return args
  const marked = text.replace(/\$\([^()]*\)|`[^`]*`|\$\{?\w+\}?/g, '$')
  const option = new RegExp(`(?<=\\s)(?:${names.join('|')})[= ]*"?\\$"?(?=\\s|$)`, 'g')
  if (marked.replace(option, '').includes('$')) return args
  return args.map((arg, index) => arg ?? (names.includes(args[index - 1] ?? '') ? '1' : `${names[0]}1`))
}
