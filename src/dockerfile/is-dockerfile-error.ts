import type { DockerfileError } from './types.ts'

/** Tells the refusal of a file from the result of reading it. */
export function isDockerfileError(result: object): result is DockerfileError {
  return 'message' in result && 'line' in result && 'column' in result
}
