import { joinPath, relativeTo } from '../../model/paths.ts'
import { hasFlag, lastValue, type ParsedOptions } from '../shared/parse-known-options.ts'
import { isReason, type Outcome } from '../shared/outcome.ts'
import { lookAt, lookAtAll } from '../shared/look.ts'
import { type DenoFolder, type DenoProject } from './read-project.ts'
import { toObject, toStrings, toTexts, type JsonObject } from '../shared/json-object.ts'
import { readJsonc } from '../shared/read-jsonc.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** Without a lockfile of its own, Deno starts from these. */
const FOREIGN = ['package-lock.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock']

/** What an install does to deno.lock: nothing when it is frozen or fits, else it is made or rewritten. */
export function checkLockfile(
  command: Command,
  files: ImageFiles,
  project: DenoProject,
  options: ParsedOptions,
  clean: boolean,
): Outcome {
  const { root } = project
  const { lock } = root.config
  if (hasFlag(options, '--no-lock') || lock === false) return []
  const settings = toObject(lock)
  const configured = typeof lock === 'string' ? lock : settings['path']
  const flag = lastValue(options, '--lock')
  const path =
    flag === undefined
      ? joinPath(root.dir, typeof configured === 'string' ? configured : 'deno.lock')
      : joinPath(command.cwd, flag)
  const set = [...(options.values.get('--frozen') ?? []), ...(options.values.get('--frozen-lockfile') ?? [])]
  const frozen =
    clean ||
    hasFlag(options, '--frozen', '--frozen-lockfile') ||
    (settings['frozen'] === true && !set.includes('false'))
  const kind = lookAt(files, path)
  if (isReason(kind)) return kind
  if (kind !== 'file') {
    if (frozen) return { code: 'missing-file', file: files.origin(path), command: command.text }
    // One that starts from another manager's has the versions of that.
    const foreign = FOREIGN.some((name) => files.peekKind(joinPath(root.dir, name)) === 'file')
    const made = { path, ...(foreign ? ({ allow: 'lockfile' } as const) : {}) }
    return lookAtAll(files, root.dir, FOREIGN) ?? [made]
  }
  const json = readJsonc(files, path)
  if (isReason(json)) return json
  if (frozen) return []
  return json !== undefined && fits(files, json, project) ? [] : [{ path, allow: 'lockfile' }]
}

/** Whether the lockfile lists what each folder asks for: https://github.com/denoland/deno_lockfile */
function fits(files: ImageFiles, lock: JsonObject, { root, members }: DenoProject): boolean {
  const version = String(lock['version'])
  if (version !== '4' && version !== '5') return false
  const workspace = toObject(lock['workspace'])
  const entries = toObject(workspace['members'])
  return (
    sameFolder(files, workspace, root) &&
    members.every((member) =>
      sameFolder(files, toObject(entries[relativeTo(member.dir, root.dir)]), member),
    ) &&
    Object.keys(entries).every((name) => members.some((member) => relativeTo(member.dir, root.dir) === name))
  )
}

function sameFolder(files: ImageFiles, entry: JsonObject, folder: DenoFolder): boolean {
  const { npm } = folder
  const imports = [...toTexts(importMapOf(files, folder)['imports']).values()].filter((target) =>
    /^(npm|jsr):/.test(target),
  )
  const groups = ['dependencies', 'devDependencies', 'optionalDependencies']
  const wanted = groups.flatMap((group) =>
    [...toTexts(npm?.json[group])].map(([name, range]) =>
      /^(npm|jsr):/.test(range) ? range : `npm:${name}@${range}`,
    ),
  )
  const locked = toStrings(entry['dependencies'])
  const packaged = toStrings(toObject(entry['packageJson'])['dependencies'])
  return sameSet(locked, imports.map(withRange)) && sameSet(packaged, wanted.map(withRange))
}

/** The config itself, or the file that it names. */
function importMapOf(files: ImageFiles, { dir, config }: DenoFolder): JsonObject {
  const { importMap } = config
  if (typeof importMap !== 'string' || 'imports' in config) return config
  const map = readJsonc(files, joinPath(dir, importMap))
  return map === undefined || isReason(map) ? {} : map
}

/** `npm:ms` is listed as `npm:ms@*`; the path inside a package is not listed. */
function withRange(target: string): string {
  const [, name = target, range = '@*'] = /^((?:npm|jsr):\/?(?:@[^/@]+\/)?[^/@]+)(@[^/]+)?/.exec(target) ?? []
  return `${name.replace(':/', ':')}${range}`
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const left = new Set(a)
  const right = new Set(b)
  return left.size === right.size && [...left].every((item) => right.has(item))
}
