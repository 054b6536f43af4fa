import type { EnvEffect, KnownEffect, OpaqueEffect } from '../../model/types.ts'

/** A command that only tells something. */
export function tells(env: EnvEffect): KnownEffect {
  return { known: true, role: 'none', writes: [], env }
}

/** A command that builds the project, from whatever it likes. */
export const BUILDS: OpaqueEffect = { known: false, role: 'build' }
