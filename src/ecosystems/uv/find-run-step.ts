import { findUnlocked } from './read-lock.ts'
import { isOn } from './options.ts'
import { isReason } from '../shared/outcome.ts'
import { joinPath } from '../../model/paths.ts'
import { matchUv } from './match-uv.ts'
import { planSync } from './resolve-sync.ts'
import { spellWords } from '../shared/spell-words.ts'
import { words } from '../../effects/words.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, FetchStep, ImageFiles } from '../../model/types.ts'

/** Options of `uv run` that `uv sync` takes, with the same meaning. https://docs.astral.sh/uv/reference/cli/#uv-run */
const VALUED = new Set(
  words('--extra --no-extra --group --no-group --only-group --package -p --python --directory --project'),
)
const FLAGS = new Set(
  words(`
  --all-extras --no-dev --dev --only-dev --no-default-groups --all-groups --no-editable --locked --frozen
  -q --quiet -v --verbose --no-progress -n --no-cache --no-python-downloads --managed-python
`),
)
const OFF = ['UV_NO_SYNC', 'UV_NO_PROJECT', 'UV_ISOLATED', 'UV_LOCKED']

/**
 * `uv run` installs the project, and what is missing of its dependencies, before it runs a command: the same as a sync
 * that removes nothing. Frozen and without the project it does less of the same, from the same lockfile.
 */
export function findRunStep(command: Command, files: ImageFiles): FetchStep | Reason | undefined {
  const { name, program, text, env } = command
  const given = toSyncOptions(command, files)
  // What stands in front of the command (`UV_X=1 uv run`, `sudo`) would be lost.
  if (name !== 'uv' || program === undefined || !text.startsWith(program)) return undefined
  if (given === undefined || OFF.some((variable) => isOn(env.get(variable)))) return undefined
  const options = given.filter((word) => word !== '--locked' && word !== '--frozen')
  const args = ['sync', ...options, '--frozen', '--inexact', '--no-install-project']
  const call = matchUv({ ...command, args }, files)
  const plan = call === undefined ? undefined : planSync(call, { ...command, args }, files)
  if (plan === undefined || isReason(plan)) return plan
  const { project, local } = plan
  // Without a project uv runs the command and syncs nothing.
  if (project.manifest.toml['project'] === undefined) return undefined
  if (project.lock === undefined)
    return { code: 'missing-file', file: files.origin(joinPath(project.root, 'uv.lock')), command: text }
  const isFixed = given.length > options.length || isOn(env.get('UV_FROZEN'))
  const missing = isFixed ? undefined : findUnlocked(project)
  if (missing !== undefined)
    return { code: 'incomplete-lockfile', file: project.lock.file, dependency: missing, fix: 'uv lock' }
  const last = local.members ? '--no-install-workspace' : '--no-install-project'
  return { command: spellWords([program, ...args.slice(0, -1), last]), cwd: command.cwd }
}

/** The options in front of the command; `undefined` when the project is not synced, or in a way that is not known. */
function toSyncOptions({ args, cwd }: Command, files: ImageFiles): readonly string[] | undefined {
  const options: string[] = []
  if (args[0] !== 'run') return undefined
  for (let index = 1; index < args.length; index++) {
    const word = args[index]
    if (word === undefined) return undefined
    if (word === '-m' || word === '--module') return options
    if (!word.startsWith('-')) return isOwnScript(joinPath(cwd, word), files) ? undefined : options
    const [option = ''] = word.split('=')
    if (!FLAGS.has(word) && !VALUED.has(option)) return undefined
    options.push(word)
    if (FLAGS.has(word) || word.includes('=')) continue
    const value = args[++index]
    if (value === undefined) return undefined
    options.push(value)
  }
  return undefined
}

/** A script that names its dependencies itself runs without the project. https://peps.python.org/pep-0723/ */
function isOwnScript(path: string, files: ImageFiles): boolean {
  if (!path.endsWith('.py')) return false
  const text = files.peek(path)
  return text === undefined || text.split(/\r?\n/).includes('# /// script')
}
