import { dirname } from 'node:path'
import { createConfigCache, loadConfig } from '../config/load-config.ts'
import type { KnownOptions, LoadedConfig } from '../config/types.ts'
import { isUserError } from '../errors.ts'
import type { Problem } from '../findings/types.ts'

export interface Configs {
  /** The config that counts for a Dockerfile (absolute). One that is wrong counts as empty, see `problems`. */
  readonly load: (dockerfile: string) => Promise<LoadedConfig>
  /** Whether the config that counts for the Dockerfile is wrong, so that the file must be left alone. */
  readonly isBroken: (dockerfile: string) => boolean
  /** Whether a config so far names Dockerfiles to leave alone. */
  readonly isFiltering: () => boolean
  /** What is wrong with the configs so far, each once. */
  readonly problems: () => readonly Problem[]
}

/** The configs of one run, each loaded once. Throws a `UserError` for a wrong config only when the caller named it. */
export function createConfigs(
  cwd: string,
  config: string | boolean | undefined,
  transforms: Readonly<Record<string, KnownOptions>>,
): Configs {
  const cache = createConfigCache()
  let isFiltering = false
  const messages = new Map<string, string>()
  return {
    load: async (dockerfile) => {
      const directory = dirname(dockerfile)
      try {
        const named = config === undefined ? {} : { config }
        const loaded = await loadConfig(directory, { cwd, transforms, cache, ...named })
        isFiltering ||= (loaded.config.ignore ?? []).length > 0
        return loaded
      } catch (error) {
        if (typeof config === 'string' || !isUserError(error)) throw error
        messages.set(directory, error.message)
        return { directory, config: {} }
      }
    },
    isBroken: (dockerfile) => messages.has(dirname(dockerfile)),
    isFiltering: () => isFiltering,
    problems: () => [...new Set(messages.values())].map((message) => ({ path: '', message })),
  }
}
