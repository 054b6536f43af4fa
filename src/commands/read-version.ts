import { readFileSync } from 'node:fs'

/** The program's version, from its package.json, which lies above this file in the sources as in the package. */
export function readVersion(): string {
  for (let directory = new URL('.', import.meta.url); ; directory = new URL('..', directory)) {
    try {
      const manifest = JSON.parse(readFileSync(new URL('package.json', directory), 'utf8')) as {
        version: string
      }
      return manifest.version
    } catch (error) {
      if (directory.pathname === '/' || (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
}
