import { parseOptions, type Options } from '../../effects/options.ts'
import { words } from '../../effects/words.ts'
import type { Argument } from '../../model/types.ts'

const VALUED = words(`
  --without --with --only -E --extras -P --project -C --directory -f --format -o --output
`)

/** Options without a value that change nothing about which files are read or written. */
const FLAGS = new Set(
  words(`
  --no-dev --dev --sync --remove-untracked --no-root --no-directory --all-extras --all-groups --compile
  --all -q --quiet --ansi --no-ansi -n --no-interaction --no-plugins --no-cache -v --verbose --without-hashes
  --without-urls --with-credentials
`),
)

/** The options and words of a poetry command; `undefined` when one of them is not known. */
export function parsePoetryOptions(args: readonly Argument[]): Options | undefined {
  const options = parseOptions(args, VALUED)
  const known = [...options.flags].every((flag) => FLAGS.has(flag))
  return known && [...options.values.keys()].every((name) => VALUED.includes(name)) ? options : undefined
}
