import { joinPath } from '../../model/paths.ts'
import type { PoetryCall } from './match-poetry.ts'
import type { Command, Effect, ImageFiles } from '../../model/types.ts'

/** Settings that move neither the environment nor the cache. https://python-poetry.org/docs/configuration/#available-settings */
const HARMLESS =
  /^(virtualenvs\.(create|in-project|prompt|prefer-active-python|use-poetry-python|options\..+)|installer\..+|http-basic\..+|pypi-token\..+|repositories\..+|experimental\..+|solver\..+|keyring\..+|requests\..+|warnings\..+|system-git-client)$/

/** `poetry config KEY VALUE` writes the user's settings; with `--local` those of the project. */
export function resolveConfig(call: PoetryCall, command: Command, files: ImageFiles): Effect {
  const { args } = command
  const [, key, ...values] = call.words
  const config = joinPath(command.home, command.env.get('XDG_CONFIG_HOME') || '.config')
  const path = joinPath(config, 'pypoetry/config.toml')
  if (args.includes('--local')) {
    const file = files.origin(joinPath(command.cwd, 'poetry.toml'))
    return { known: false, role: 'install', reason: { code: 'edits-manifest', command: command.text, file } }
  }
  files.kind(path)
  const unset = args.includes('--unset')
  if (
    args.includes('--list') ||
    (key !== undefined && values.length === 0 && !unset && !args.includes(undefined))
  )
    return { known: true, role: 'none', writes: [], env: 'all-but-stamps' }
  if (key === undefined || !HARMLESS.test(key)) return { known: false }
  const names = ['config.toml', 'auth.toml']
  const writes = names.map((name) => ({ path: joinPath(config, `pypoetry/${name}`) }))
  for (const write of writes) files.kind(write.path)
  return { known: true, role: 'files', writes, env: 'all-but-stamps' }
}
