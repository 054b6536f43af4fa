import type { Config } from './types.ts'

/** What counts where the config file is silent. */
export const defaultConfig = {
  transforms: {},
  ignore: [],
  context: {},
  risk: 'notes',
} as const satisfies Required<Config>
