import { reorderSteps } from './reorder-steps/index.ts'
import { splitManifests } from './split-manifests/index.ts'
import { writeDockerignore } from './write-dockerignore/index.ts'
import type { Transform } from './types.ts'

/** All transforms, in the order in which they run. */
export const transforms: readonly Transform[] = [splitManifests, reorderSteps, writeDockerignore]
