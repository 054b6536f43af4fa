export interface Field {
  /** In lower case. */
  readonly name: string
  /** With its continuation lines. */
  readonly value: string
  readonly indent: number
}

/**
 * The fields of a .cabal or cabal.project file, of all sections and branches: `name: value`, continued by lines that are
 * indented more. Comments are lines that begin with `--`. Sections themselves have no colon.
 * https://cabal.readthedocs.io/en/stable/cabal-package-description-file.html
 */
export function parseFields(text: string): readonly Field[] {
  const fields: { name: string; value: string; indent: number }[] = []
  let open: { name: string; value: string; indent: number } | undefined
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(--|$)/.test(line)) continue
    const indent = /^\s*/.exec(line)?.[0].length ?? 0
    if (open !== undefined && indent > open.indent) {
      open.value += `\n${line.trim()}`
      continue
    }
    const match = /^\s*([A-Za-z][\w-]*)\s*:(?!\/\/)(.*)$/.exec(line)
    open =
      match === null
        ? undefined
        : { name: (match[1] ?? '').toLowerCase(), value: match[2]?.trim() ?? '', indent }
    if (open !== undefined) fields.push(open)
  }
  return fields
}
