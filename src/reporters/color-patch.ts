import type { createColors } from 'picocolors'

/** A patch in git's format with git's colours. */
export function colorPatch(patch: string, colors: ReturnType<typeof createColors>): string {
  let inHunk = false
  return patch.replace(/^.+$/gm, (line) => {
    if (line.startsWith('diff --git ')) inHunk = false
    if (line.startsWith('@@ ')) inHunk = true
    if (!inHunk) return colors.bold(line)
    if (line.startsWith('@')) return colors.cyan(line)
    if (line.startsWith('+')) return colors.green(line)
    return line.startsWith('-') ? colors.red(line) : line
  })
}
