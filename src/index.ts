import type { Config } from './config/types.ts'

export { fixFiles as fix, type FixOptions } from './commands/fix-files.ts'
export { fixDockerfile, type FixInput, type FixResult, type IgnoreFile, type Sibling } from './pipeline.ts'
export { noteMessage, reasonMessage } from './findings/messages.ts'
export type { BuildContext, EntryKind, FileTree } from './context/types.ts'
export type { Config, Risk } from './config/types.ts'
export type { DockerfileError } from './dockerfile/types.ts'
export type {
  DockerfileReport,
  FileChange,
  Gain,
  Note,
  Problem,
  Refusal,
  Rewrite,
  RunReport,
} from './findings/types.ts'
export type { Reason } from './findings/reasons.ts'
export type { JsonDockerfile, JsonFile, JsonRefusal, JsonReport, JsonRewrite } from './reporters/json.ts'

/** The config as it is, typed: for `dockerfix.config.ts` and the like. */
export function defineConfig(config: Config): Config {
  return config
}
