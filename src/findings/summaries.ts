import { visible } from './visible.ts'

/** One sentence for a split. */
export function splitSummary(command: string, files: readonly string[], added: boolean): string {
  const what = `\`${oneLine(command)}\``
  const reads = files.length === 0 ? 'none of them' : `only ${listFiles(files)}`
  return added
    ? `Added ${what} above the sources: it needs ${reads}.`
    : `Moved ${what} above the sources: it reads ${reads}.`
}

export function completeSummary(command: string, files: readonly string[]): string {
  return `Completed the list of files above \`${oneLine(command)}\`: it lacked ${listFiles(files)}.`
}

export function hoistSummary(step: string, above: string): string {
  return `Moved \`${oneLine(step)}\` above \`${oneLine(above)}\`: it does not depend on what is copied there.`
}

export function sinkSummary(steps: readonly string[]): string {
  const [first = ''] = steps
  const more = steps.length > 1 ? ` and ${steps.length - 1} more` : ''
  return `Moved \`${oneLine(first)}\`${more} down to where it is used: its value changes with every build.`
}

export function ignoreSummary(patterns: readonly string[], created: boolean): string {
  return `${created ? 'Created the ignore file with' : 'Added'} ${patterns.map((pattern) => `\`${pattern}\``).join(', ')}.`
}

function listFiles(files: readonly string[]): string {
  const shown = files.slice(0, 4)
  const rest = files.length - shown.length
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

function oneLine(text: string): string {
  const line = visible(text.replace(/\s+/g, ' ').trim())
  return line.length > 70 ? `${line.slice(0, 67)}...` : line
}
