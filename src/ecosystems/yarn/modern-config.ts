import { joinPath } from '../../model/paths.ts'
import { ancestorsOf } from '../shared/workspaces.ts'
import { isReason, type Outcome } from '../shared/outcome.ts'
import { toObject, toStrings, type JsonObject } from '../shared/json-object.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { parseYaml } from '../shared/parse-yaml.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

export interface ModernConfig {
  /** A setting by its `.yarnrc.yml` name; the environment's `YARN_NODE_LINKER` is `nodeLinker`. */
  readonly get: (key: string) => unknown
  /** Whether something sets a key. */
  readonly has: (key: string) => boolean
}

/** The `.yarnrc.yml` of the directory, of those above it and of the user, with the files that they name. */
export function readModernConfig(command: Command, files: ImageFiles, dir: string): ModernConfig | Reason {
  const layers: JsonObject[] = [fromEnvironment(command)]
  for (const at of [dir, ...ancestorsOf(dir)]) {
    const path = joinPath(at, '.yarnrc.yml')
    const text = lookInto(files, path)
    if (text === undefined) continue
    if (isReason(text)) return text
    const values = parseYaml(text)
    if (typeof values === 'string') {
      return { code: 'unreadable-manifest', file: files.origin(path), problem: values }
    }
    const layer = toObject(values[0])
    const named = checkNamedFiles(files, at, layer)
    if (isReason(named)) return named
    layers.push(layer)
  }
  const user = joinPath(command.home, '.yarnrc.yml')
  files.kind(user)
  layers.push(toObject(parseYaml(files.read(user) ?? '')[0]))
  const find = (key: string): JsonObject | undefined => layers.find((layer) => layer[key] !== undefined)
  return { get: (key) => find(key)?.[key], has: (key) => find(key) !== undefined }
}

function fromEnvironment(command: Command): JsonObject {
  const settings: Record<string, unknown> = {}
  for (const [name, value] of command.env) {
    if (value === undefined || !name.startsWith('YARN_')) continue
    const key = name
      .slice(5)
      .toLowerCase()
      .replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
    settings[key] = value === 'true' ? true : value === 'false' ? false : value
  }
  return settings
}

/** https://yarnpkg.com/configuration/yarnrc */
function checkNamedFiles(files: ImageFiles, dir: string, layer: JsonObject): Outcome {
  const plugins = Array.isArray(layer['plugins']) ? layer['plugins'] : []
  const names = [
    ...['yarnPath', 'httpsCaFilePath', 'caFilePath', 'httpsCertFilePath', 'httpsKeyFilePath'].map(
      (key) => layer[key],
    ),
    ...plugins.map((plugin: unknown) => (typeof plugin === 'string' ? plugin : toObject(plugin)['path'])),
    ...toStrings(layer['injectEnvironmentFiles']).map((name) => name.replace(/\?$/, '')),
  ]
  for (const name of names) {
    if (typeof name !== 'string') continue
    const path = joinPath(dir, name)
    const kind = lookAt(files, path)
    if (isReason(kind)) return kind
    if (kind === 'absent' && name === layer['yarnPath']) {
      return { code: 'missing-file', file: files.origin(path), command: 'yarn' }
    }
  }
  return []
}
