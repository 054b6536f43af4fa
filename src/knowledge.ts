import { ecosystems } from './ecosystems/index.ts'
import { resolveEffect } from './effects/index.ts'
import { addRedirections } from './effects/redirections.ts'
import type { Resolve } from './model/types.ts'

/** What is known about commands: the package managers first, then the rest. */
export const resolveCommand: Resolve = (command, files) => {
  for (const ecosystem of ecosystems) {
    const effect = ecosystem.resolve(command, files)
    if (effect !== undefined) return addRedirections(effect, command, files)
  }
  return resolveEffect(command, files)
}
