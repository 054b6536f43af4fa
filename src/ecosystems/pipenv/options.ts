import { parseOptions, type Options } from '../../effects/options.ts'
import { words } from '../../effects/words.ts'
import type { Argument } from '../../model/types.ts'

const VALUED = words(`
  --python --pypi-mirror --extra-pip-args --categories --extras -i --index --requirements -r -e --editable
  --config-settings --resolver
`)

const FLAGS = new Set(
  words(`
  --system --deploy --dev -d --ignore-pipfile --skip-lock --clear --pre --verbose -v --quiet -q --bare
  --keep-outdated --sequential --selective-upgrade --site-packages --no-site-packages --all --three --two
  --exclude-markers --hash
`),
)

/** The options and words of a pipenv command; `undefined` when one of them is not known. */
export function parsePipenvOptions(args: readonly Argument[]): Options | undefined {
  const options = parseOptions(args, VALUED)
  const known = [...options.flags].every((flag) => FLAGS.has(flag))
  return known && [...options.values.keys()].every((name) => VALUED.includes(name)) ? options : undefined
}
