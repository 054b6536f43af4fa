import { parseIgnore } from '../context/ignore-matcher.ts'
import { compileIgnorePattern } from '../context/ignore-pattern.ts'
import { UserError } from '../errors.ts'
import { nearestName } from './nearest-name.ts'
import type { Choice, Config, KnownOptions, TransformOptions } from './types.ts'

/**
 * Checks what a config file holds. `file` names it in messages; `transforms` has the known options by id. Throws a `UserError`
 * at the first fault. A `$schema` key, which editors read, is dropped.
 */
export function validateConfig(
  value: unknown,
  file: string,
  transforms: Readonly<Record<string, KnownOptions>>,
): Config {
  const { $schema: _, ...config } = toRecord(value, file, 'the config')
  for (const key of Object.keys(config)) checkName(key, KEYS, 'key', file)
  return {
    ...(config['transforms'] !== undefined && {
      transforms: toTransforms(config['transforms'], file, transforms),
    }),
    ...(config['ignore'] !== undefined && { ignore: toIgnore(config['ignore'], file) }),
    ...(config['context'] !== undefined && { context: toContext(config['context'], file) }),
    ...(config['risk'] !== undefined && { risk: toRisk(config['risk'], file) }),
  }
}

const KEYS: readonly string[] = ['transforms', 'ignore', 'context', 'risk'] satisfies (keyof Config)[]

function toTransforms(
  value: unknown,
  file: string,
  known: Readonly<Record<string, KnownOptions>>,
): NonNullable<Config['transforms']> {
  const transforms = toRecord(value, file, '"transforms"')
  return Object.fromEntries(
    Object.entries(transforms).map(([id, setting]) => {
      checkName(id, Object.keys(known), 'transform', file)
      if (typeof setting === 'boolean') return [id, setting]
      const options = toRecord(setting, file, `"transforms.${id}"`, 'true, false or an object of options')
      return [id, toOptions(options, file, id, known[id] ?? {})]
    }),
  )
}

function toOptions(
  options: Readonly<Record<string, unknown>>,
  file: string,
  id: string,
  known: KnownOptions,
): TransformOptions {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => {
      checkName(name, Object.keys(known), `option of "${id}"`, file)
      const what = `"transforms.${id}.${name}"`
      const kind = known[name]
      if (isChoice(kind)) {
        if (typeof value === 'string' && kind.oneOf.includes(value)) return [name, value]
        throw wrongType(value, file, what, kind.oneOf.map((item) => JSON.stringify(item)).join(' or '))
      }
      if (typeof kind === 'boolean') {
        if (typeof value === 'boolean') return [name, value]
        throw wrongType(value, file, what, 'true or false')
      }
      if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return [name, value]
      throw wrongType(value, file, what, 'a list of names')
    }),
  )
}

function isChoice(kind: KnownOptions[string] | undefined): kind is Choice {
  return typeof kind === 'object' && 'oneOf' in kind
}

function toIgnore(value: unknown, file: string): readonly string[] {
  if (!Array.isArray(value) || !value.every((glob) => typeof glob === 'string'))
    throw wrongType(value, file, '"ignore"', 'a list of globs')
  for (const glob of value) {
    const matcher = parseIgnore(glob)
    if ('message' in matcher) throw new UserError(`${file}: "ignore": ${matcher.message}`)
  }
  return value
}

function toContext(value: unknown, file: string): Readonly<Record<string, string>> {
  const context = toRecord(value, file, '"context"', 'an object of globs and directories')
  return Object.fromEntries(
    Object.entries(context).map(([glob, directory]) => {
      if (typeof directory !== 'string')
        throw wrongType(directory, file, `"context" for "${glob}"`, 'a directory')
      if (compileIgnorePattern(glob) === undefined)
        throw new UserError(`${file}: "context": syntax error in pattern "${glob}"`)
      return [glob, directory]
    }),
  )
}

function toRisk(value: unknown, file: string): NonNullable<Config['risk']> {
  if (value === 'none' || value === 'notes') return value
  throw wrongType(value, file, '"risk"', '"none" or "notes"')
}

function checkName(name: string, known: readonly string[], what: string, file: string): void {
  if (known.includes(name)) return
  const nearest = nearestName(name, known)
  const hint =
    nearest === undefined ? `; known are ${known.join(', ')}` : `; did you mean ${JSON.stringify(nearest)}?`
  throw new UserError(`unknown ${what} ${JSON.stringify(name)} in ${file}${hint}`)
}

function toRecord(
  value: unknown,
  file: string,
  what: string,
  wanted = 'an object',
): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>
  throw wrongType(value, file, what, wanted)
}

function wrongType(value: unknown, file: string, what: string, wanted: string): UserError {
  return new UserError(`${file}: ${what} must be ${wanted}, not ${describe(value)}`)
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40))
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value)
  return typeof value === 'undefined' ? 'nothing' : `a value of type ${typeof value}`
}
