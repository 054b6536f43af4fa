import { stripVTControlCharacters } from 'node:util'
import { existsSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { UserError } from '../errors.ts'
import { defaultConfig } from './defaults.ts'
import { findConfig } from './find-config.ts'
import type { Listings } from './find-upwards.ts'
import type { KnownOptions, LoadedConfig } from './types.ts'
import { validateConfig } from './validate.ts'

export interface LoadConfigOptions {
  /** Absolute; messages name files relative to it. */
  readonly cwd: string
  /** A path of a config file relative to `cwd`, `false` for none; the nearest one when absent or `true`. */
  readonly config?: string | boolean
  /** The options of all transforms, by id. */
  readonly transforms: Readonly<Record<string, KnownOptions>>
  readonly cache: ConfigCache
}

/** What the loads of one run share. */
export interface ConfigCache {
  readonly listings: Listings
  /** By the config file's path. */
  readonly loaded: Map<string, Promise<LoadedConfig>>
}

export function createConfigCache(): ConfigCache {
  return { listings: new Map(), loaded: new Map() }
}

/**
 * Loads the config that counts in a directory (absolute), with the defaults filled in. Throws a `UserError` when a named
 * file is missing, or a file cannot be parsed, fails when it is run, or holds what dockerfix does not know.
 */
export async function loadConfig(
  directory: string,
  { cwd, config, transforms, cache }: LoadConfigOptions,
): Promise<LoadedConfig> {
  const file =
    typeof config === 'string'
      ? resolve(cwd, config)
      : config === false
        ? undefined
        : findConfig(directory, cache.listings)
  if (file === undefined) return { directory, config: defaultConfig }
  const shown = relative(cwd, file)
  if (!existsSync(file)) throw new UserError(`${shown}: no such config file`)
  const known = cache.loaded.get(file) ?? loadFile(file, shown, transforms)
  cache.loaded.set(file, known)
  return known
}

async function loadFile(
  file: string,
  shown: string,
  transforms: LoadConfigOptions['transforms'],
): Promise<LoadedConfig> {
  const value = await readConfig(file, shown)
  return {
    file,
    directory: dirname(file),
    config: { ...defaultConfig, ...validateConfig(value, shown, transforms) },
  }
}

/** The raw value; an empty object for an empty file. */
async function readConfig(file: string, shown: string): Promise<unknown> {
  const { cosmiconfig } = await import('cosmiconfig')
  const explorer = cosmiconfig('dockerfix', { cache: false, loaders: { '.ts': loadTypeScript } })
  try {
    const result = await explorer.load(file)
    return result === null || result.isEmpty === true ? {} : result.config
  } catch (error) {
    throw new UserError(toMessage(error, file, shown))
  }
}

/** Cosmiconfig's own loader needs a TypeScript older than 7, and writes beside the user's file. */
async function loadTypeScript(file: string): Promise<unknown> {
  const { createJiti } = await import('jiti')
  return createJiti(file, { fsCache: false }).import(file, { default: true })
}

/** One line: file, line where the parser knows it, and the parser's first sentence. */
function toMessage(error: unknown, file: string, shown: string): string {
  // Parsers colour the lines that they quote, on a terminal and in CI.
  const text = stripVTControlCharacters(error instanceof Error ? error.message : String(error))
  const first = text
    .split('\n')
    .map((line) => line.replace(/ while parsing .*/, '').trim())
    // Cosmiconfig's heading, and the lines of the file that JSON errors quote.
    .find((line) => line !== '' && !/^(?:(?:JSON|YAML) Error in |>?\s*\d*\s*\|)/.test(line))
  const mark =
    error instanceof Error && 'mark' in error ? (error.mark as { readonly line?: number }) : undefined
  const line = mark?.line === undefined ? /^> (\d+) \|/m.exec(text)?.[1] : mark.line + 1
  const place = line === undefined ? shown : `${shown}:${line}`
  return `${place}: ${(first ?? 'cannot be read').replaceAll(file, shown)}`
}
