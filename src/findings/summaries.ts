import { visible } from './visible.ts'

/** One sentence for a split. */
export function splitSummary(command: string, files: readonly string[], added: boolean): string {
  const what = `\`${oneLine(command)}\``
  const reads = files.length === 0 ? 'none of them' : `only ${listFiles(files)}`
  return added
    ? `Added ${what} above the sources: it needs ${reads}.`
    : `Moved ${what} above the sources: it reads ${reads}.`
}

/** What is said besides where a stage copies for itself what it found copied before. */
export function unshareSummary(setup: string | undefined): string {
  return setup === undefined
    ? 'The stage copies for itself what it found copied before.'
    : `What stands above the shared copy is now the stage \`${oneLine(setup)}\`.`
}

export function completeSummary(command: string, files: readonly string[]): string {
  return `Completed the list of files above \`${oneLine(command)}\`: it lacked ${listFiles(files)}.`
}

/** `above` is a copy, or an ARG whose value changes with every build. */
export function hoistSummary(steps: readonly string[], above: string): string {
  const pronoun = steps.length === 1 ? 'it does' : 'they do'
  const why = /^arg\s/i.test(above)
    ? `its value changes with every build, and ${pronoun} not use it`
    : `${pronoun} not depend on what is copied there`
  return `Moved ${listSteps(steps)} above \`${oneLine(above)}\`: ${why}.`
}

export function sinkSummary(steps: readonly string[], below: string): string {
  return `Moved ${listSteps(steps)} below \`${oneLine(below)}\`, which does not use it: its value changes with every build.`
}

function listSteps(steps: readonly string[]): string {
  const [first = '', second = ''] = steps
  if (steps.length > 2) return `\`${oneLine(first)}\` and ${steps.length - 1} more`
  return steps.length === 2 ? `\`${oneLine(first)}\` and \`${oneLine(second)}\`` : `\`${oneLine(first)}\``
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
