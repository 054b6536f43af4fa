import { firstReason } from '../shared/first-reason.ts'
import { isReason } from '../shared/outcome.ts'
import { isOn } from './options.ts'
import { joinPath } from '../../model/paths.ts'
import { lookInto } from '../shared/look.ts'
import { optionValues, type Options } from '../../effects/options.ts'
import { readToml, type TomlFile } from '../shared/read-toml.ts'
import { toObject, toStrings, type JsonObject } from '../shared/json-object.ts'
import { words } from '../../effects/words.ts'
import { toPath } from '../../effects/targets.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Argument, Command, ImageFiles } from '../../model/types.ts'

/**
 * Looks at what configures uv in a directory: uv.toml, or `[tool.uv]` of the manifest, and the local indexes that these,
 * the options and the environment name. https://docs.astral.sh/uv/concepts/configuration-files/
 */
export function lookAtSettings(
  command: Command,
  files: ImageFiles,
  dir: string,
  manifest: TomlFile | undefined,
  options: Options,
): Reason | undefined {
  const own = readToml(files, joinPath(dir, 'uv.toml'))
  if (isReason(own)) return own
  const given = command.env.get('UV_CONFIG_FILE')
  const path = given === undefined ? undefined : toPath(command, given)
  if (command.env.has('UV_CONFIG_FILE') && path === undefined) return unknown('UV_CONFIG_FILE')
  const other = path === undefined ? undefined : readToml(files, path)
  if (isReason(other)) return other
  const tables = [own?.toml, toObject(toObject(manifest?.toml['tool'])['uv']), other?.toml].map(toObject)
  return (
    checkVariables(command, options) ??
    firstReason(tables, (table) => checkTable(files, dir, table)) ??
    firstReason(placesOf(command, options), (place) => lookAtIndex(files, command.cwd, place)) ??
    firstReason(['UV_CONSTRAINT', 'UV_OVERRIDE', 'UV_BUILD_CONSTRAINT', 'UV_EXCLUDE'], (name) =>
      lookAtList(command, files, name),
    )
  )
}

function checkVariables(command: Command, options: Options): Reason | undefined {
  const { env } = command
  // With links into the cache the cache is part of the result.
  const link = optionValues(options, '--link-mode').at(-1) ?? env.get('UV_LINK_MODE')
  if (link === 'symlink') return unknown('UV_LINK_MODE=symlink')
  const moved = [
    'UV_PROJECT_ENVIRONMENT',
    'UV_CACHE_DIR',
    'UV_PYTHON_INSTALL_DIR',
    'UV_LINK_MODE',
    'UV_PYTHON',
    'VIRTUAL_ENV',
  ]
  const hidden = moved.find((name) => env.has(name) && env.get(name) === undefined)
  return hidden === undefined ? undefined : unknown(hidden)
}

function checkTable(files: ImageFiles, dir: string, table: JsonObject): Reason | undefined {
  const pip = toObject(table['pip'])
  const key = ['cache-dir', 'link-mode'].find((name) => table[name] !== undefined && table[name] !== 'copy')
  if (key !== undefined && !['hardlink', 'clone'].includes(String(table[key])))
    return unknown(`${key} in the settings of uv`)
  if (pip['target'] !== undefined || pip['prefix'] !== undefined)
    return unknown('target in the settings of uv')
  const indexes = Array.isArray(table['index']) ? table['index'].map((item) => toObject(item)['url']) : []
  const singles = [table['index-url'], pip['index-url'], ...indexes].filter((url) => typeof url === 'string')
  const lists = [table['extra-index-url'], table['find-links'], pip['extra-index-url'], pip['find-links']]
  return firstReason([...singles, ...lists.flatMap(toStrings)], (place) => lookAtIndex(files, dir, place))
}

function placesOf(command: Command, options: Options): readonly Argument[] {
  const names = words('-f --find-links --index --default-index -i --index-url --extra-index-url')
  const variables = ['UV_FIND_LINKS', 'UV_INDEX', 'UV_DEFAULT_INDEX', 'UV_INDEX_URL', 'UV_EXTRA_INDEX_URL']
  return [
    ...optionValues(options, ...names),
    ...variables.flatMap((name) => (command.env.get(name) ?? '').split(/[\s,]+/)),
  ]
}

/** An index is an address, or a directory that is read. */
function lookAtIndex(files: ImageFiles, dir: string, place: Argument): Reason | undefined {
  if (place === undefined) return undefined
  const url = place.replace(/^[\w-]+=/, '')
  if (url === '' || /^[a-z]+:\/\//i.test(url) === !/^file:/i.test(url)) return undefined
  if (/^file:/i.test(url)) return unknown(place)
  files.readTree(joinPath(dir, url))
  return undefined
}

function lookAtList(command: Command, files: ImageFiles, name: string): Reason | undefined {
  const value = command.env.get(name)
  if (!command.env.has(name) || value === '') return undefined
  if (value === undefined) return unknown(name)
  for (const word of value.trim().split(/\s+/)) {
    const text = lookInto(files, joinPath(command.cwd, word))
    if (isReason(text)) return text
    if (/^\s*(-|\.|\/|file:)/m.test(text ?? '') || /@\s*file:/.test(text ?? '')) return unknown(name)
  }
  return undefined
}

/** Whether the cache is written at all. */
export function hasCache(command: Command, options: Options): boolean {
  const off = ['-n', '--no-cache', '--no-cache-dir'].some((flag) => options.flags.has(flag))
  return !off && !isOn(command.env.get('UV_NO_CACHE'))
}

function unknown(text: string): Reason {
  return { code: 'unknown-argument', text }
}
