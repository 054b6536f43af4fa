import { joinPath, parentPath } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAt, lookAtAll } from '../shared/look.ts'
import { nestedTexts } from '../shared/local-dependencies.ts'
import { type DenoFolder } from './read-project.ts'
import { toObject, toStrings, toTexts, type JsonObject } from '../shared/json-object.ts'
import { readJsonc } from '../shared/read-jsonc.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/**
 * Looks at what `deno install` reads of a folder besides its config. It follows import map entries that are files of
 * the project into the sources; entries for directories it only uses to look for further configs.
 */
export function checkFolder(command: Command, files: ImageFiles, folder: DenoFolder): Reason | undefined {
  const { dir, config, path } = folder
  const links = [...toStrings(config['links']), ...toStrings(config['patch'])]
  const [link] = links
  if (path !== undefined && link !== undefined) {
    return { code: 'local-dependency', file: files.origin(path), dependency: link }
  }
  const own = checkImports(command, files, dir, config)
  if (own !== undefined) return own
  const { importMap } = config
  if (typeof importMap === 'string') {
    const reason = checkImportMap(command, files, joinPath(dir, importMap), importMap)
    if (reason !== undefined) return reason
  }
  const types = toStrings(toObject(config['compilerOptions'])['types']).filter((type) =>
    /^\.{0,2}\//.test(type),
  )
  return (
    lookAtAll(
      files,
      dir,
      types.map((type) => type.replace(/^\.\//, '')),
    ) ?? lookAtTsconfig(files, joinPath(dir, 'tsconfig.json'), new Set())
  )
}

/** An import map in a file of its own. */
export function checkImportMap(
  command: Command,
  files: ImageFiles,
  path: string,
  spelled: string,
): Reason | undefined {
  if (/^[a-z]+:/.test(spelled)) return undefined
  const map = readJsonc(files, path)
  if (isReason(map)) return map
  if (map === undefined) return { code: 'missing-file', file: files.origin(path), command: command.text }
  return checkImports(command, files, parentPath(path), map)
}

function checkImports(
  command: Command,
  files: ImageFiles,
  dir: string,
  config: JsonObject,
): Reason | undefined {
  const targets = [
    ...toTexts(config['imports']).values(),
    ...nestedTexts(config['scopes']).map(([, text]) => text),
  ]
  for (const target of targets) {
    if (!/^(\.{0,2}\/|file:)/.test(target)) continue
    const path = joinPath(dir, target.replace(/^file:\/\//, ''))
    if (!target.endsWith('/')) return { code: 'reads-sources', text: command.text, path: files.origin(path) }
    const reason = lookAtAll(files, path, ['deno.json', 'deno.jsonc', 'package.json'])
    if (reason !== undefined) return reason
  }
  return undefined
}

/** Deno reads tsconfig.json and what it extends, and only warns when they are broken. */
function lookAtTsconfig(files: ImageFiles, path: string, seen: Set<string>): Reason | undefined {
  if (seen.has(path)) return undefined
  seen.add(path)
  const kind = lookAt(files, path)
  if (isReason(kind)) return kind
  if (kind !== 'file') return undefined
  const config = readJsonc(files, path)
  if (config === undefined || isReason(config)) return undefined
  const { extends: base } = config
  const bases = typeof base === 'string' ? [base] : toStrings(base)
  for (const each of bases.filter((text) => /^\.{0,2}\//.test(text))) {
    const reason = lookAtTsconfig(files, joinPath(parentPath(path), each), seen)
    if (reason !== undefined) return reason
  }
  return undefined
}
