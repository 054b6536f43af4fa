import type { Carried } from './types.ts'
import { visibleLine } from './visible.ts'

/** What the image holds in its new form, in one sentence. */
export function carriedMessage({ copy, files }: Carried): string {
  const names = files.map(visibleLine).join(' and ')
  return `\`${visibleLine(copy)}\` takes the new ${names} along into the image: add ${files.length === 1 ? 'it' : 'them'} to the ignore file to keep ${files.length === 1 ? 'it' : 'them'} out`
}
