import { go } from './go/index.ts'
import { npm } from './npm/index.ts'
import { pip } from './pip/index.ts'
import { pnpm } from './pnpm/index.ts'
import { yarn } from './yarn/index.ts'
import type { Ecosystem } from '../model/types.ts'

/** All package managers, in the order in which they are asked. */
export const ecosystems: readonly Ecosystem[] = [npm, yarn, pnpm, pip, go]
