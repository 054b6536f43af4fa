import type { Command } from '../../model/types.ts'

/** Looks up a setting by its npm name (`ignore-scripts`); absent when nothing sets it. */
export type Config = (key: string) => string | undefined

/** Settings from layers, the first that has a key wins. */
export function createConfig(layers: readonly ReadonlyMap<string, string>[]): Config {
  return (key) => layers.find((layer) => layer.has(key))?.get(key)
}

/** Settings in the environment, `NPM_CONFIG_IGNORE_SCRIPTS` as `ignore-scripts`. Unknown values are left out. */
export function toEnvConfig(command: Command, prefix = 'npm_config_'): ReadonlyMap<string, string> {
  const layer = new Map<string, string>()
  for (const [name, value] of command.env) {
    const lower = name.toLowerCase()
    if (value === undefined || !lower.startsWith(prefix)) continue
    layer.set(lower.slice(prefix.length).replace(/(?!^)_/g, '-'), value)
  }
  return layer
}

/** The settings of an `.npmrc`: `key = value` lines, `;` and `#` comments, `${VARIABLE}` replaced where known. */
export function parseNpmrc(text: string, env: Command['env']): ReadonlyMap<string, string> {
  const layer = new Map<string, string>()
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*([^;#[=\s][^=]*?)\s*(?:=\s*(.*?)\s*)?$/.exec(line)
    if (match === null) continue
    const [, key = '', value = 'true'] = match
    const plain = value.replace(/^(["'])(.*)\1$/, '$2')
    layer.set(
      key.replace(/\[\]$/, ''),
      plain.replace(/\$\{([^}:?-]+)[^}]*\}/g, (whole, name: string) => env.get(name) ?? whole),
    )
  }
  return layer
}

/** The settings of a Yarn 1 `.yarnrc`: `key value`, either of them in double quotes. */
export function parseYarnrc(text: string): ReadonlyMap<string, string> {
  const layer = new Map<string, string>()
  for (const line of text.split(/\r?\n/)) {
    const match = /^\s*("[^"]+"|[^\s#"][^\s:]*):?\s+("[^"]*"|\S+)\s*$/.exec(line)
    if (match === null) continue
    const [, key = '', value = ''] = match
    layer.set(unquote(key).replace(/^--/, ''), unquote(value))
  }
  return layer
}

function unquote(text: string): string {
  return text.replace(/^"(.*)"$/, '$1')
}
