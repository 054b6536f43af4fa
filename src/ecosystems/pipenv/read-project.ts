import { hashPipfile } from './pipfile-hash.ts'
import { isReason } from '../shared/outcome.ts'
import { baseName, joinPath, parentPath } from '../../model/paths.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { lookAtLocalPackage } from '../shared/python-directory.ts'
import { lookUpwards } from '../shared/look-upwards.ts'
import { readToml, type TomlFile } from '../shared/read-toml.ts'
import { toObject, type JsonObject } from '../shared/json-object.ts'
import { toPath } from '../../effects/targets.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** What pipenv reads of a project. */
export interface PipenvProject {
  readonly dir: string
  /** The lockfile's path. */
  readonly lockfile: string
  readonly locked: boolean
  /** Whether the lockfile has the Pipfile's hash, so that no install rewrites it. */
  readonly fits: boolean
}

/** Looks at the Pipfile of a directory or of one above it, at its lockfile, and at the files that pipenv loads on the way. */
export function readProject(command: Command, files: ImageFiles): PipenvProject | Reason {
  const path = findPipfile(command, files)
  if (typeof path !== 'string') return path
  const dir = parentPath(path)
  const manifest = readToml(files, path)
  if (manifest === undefined || isReason(manifest)) return manifest ?? missing(files.origin(path), command)
  const lockfile = joinPath(dir, `${baseName(path)}.lock`)
  const text = lookInto(files, lockfile)
  if (isReason(text)) return text
  const lock = text === undefined ? undefined : parseJson(text)
  if (text !== undefined && lock === undefined)
    return { code: 'unreadable-manifest', file: files.origin(lockfile), problem: 'it is not JSON' }
  const tables = lock ?? manifest.toml
  const reason =
    lookAtLocals(tables, dir, files.origin(lock === undefined ? path : lockfile), command, files) ??
    lookAtOthers(command, files, dir)
  if (reason !== undefined) return reason
  const hash = toObject(toObject(lock?.['_meta'])['hash'])['sha256']
  return { dir, lockfile, locked: lock !== undefined, fits: hash === hashOf(manifest) }
}

function findPipfile(command: Command, files: ImageFiles): string | Reason {
  if (command.env.has('PIPENV_PIPFILE')) {
    return (
      toPath(command, command.env.get('PIPENV_PIPFILE')) ?? {
        code: 'unknown-argument',
        text: 'PIPENV_PIPFILE',
      }
    )
  }
  const dir = lookUpwards(files, command.cwd, ['Pipfile'])
  if (isReason(dir)) return dir
  return dir === undefined ? missing('Pipfile', command) : joinPath(dir, 'Pipfile')
}

function missing(file: string, command: Command): Reason {
  return { code: 'missing-file', file, command: command.text }
}

function hashOf({ toml }: TomlFile): string {
  return hashPipfile(toml)
}

function parseJson(text: string): JsonObject | undefined {
  try {
    return toObject(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Packages by path, in any category of the lockfile or, without one, of the Pipfile. */
function lookAtLocals(
  tables: JsonObject,
  dir: string,
  file: string,
  command: Command,
  files: ImageFiles,
): Reason | undefined {
  const specs = Object.values(tables).flatMap((table) => Object.values(toObject(table)))
  for (const spec of specs.map(toObject)) {
    for (const place of [spec['path'], spec['file']]) {
      if (typeof place !== 'string' || /^[a-z+]+:\/\//i.test(place)) continue
      const use = { root: dir, file, text: command.text }
      const reason = lookAtLocalPackage(files, joinPath(dir, place), use)
      if (reason !== undefined) return reason
    }
  }
  return undefined
}

/** `.env` is loaded into the environment of the install; a file `.venv` names an environment. */
function lookAtOthers(command: Command, files: ImageFiles, dir: string): Reason | undefined {
  const environment = command.env.has('PIPENV_DOTENV_LOCATION')
    ? toPath(command, command.env.get('PIPENV_DOTENV_LOCATION'))
    : joinPath(dir, '.env')
  if (environment === undefined) return { code: 'unknown-argument', text: 'PIPENV_DOTENV_LOCATION' }
  for (const path of [environment, joinPath(dir, '.venv'), joinPath(dir, 'pylock.toml')]) {
    const kind = lookAt(files, path)
    if (typeof kind === 'object' && kind.code === 'symlink') return kind
  }
  return undefined
}
