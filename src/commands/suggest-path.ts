import { readdirSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { nearestName } from '../config/nearest-name.ts'

const options = ['write', 'check', 'patch', 'help', 'version', 'quiet']

/** What a path that does not exist was probably meant to be: an option, as a question, or a neighbour; else nothing. */
export function suggestPath(path: string, cwd: string): string | undefined {
  const option = nearestName(path, options)
  if (option !== undefined) return `did you mean --${option}?`
  const name = nearestName(basename(path), listNames(dirname(resolve(cwd, path))))
  return name === undefined ? undefined : `did you mean ${path.slice(0, -basename(path).length)}${name}?`
}

function listNames(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}
