import { dirname, join } from 'node:path'
import { findUpwards, type Listings } from './find-upwards.ts'
import { hasManifestKey } from './manifest-key.ts'

/** How new lines look where no neighbouring line shows it. */
export interface Style {
  readonly tabWidth: number
  readonly useTabs: boolean
  readonly printWidth: number
  readonly endOfLine: 'lf' | 'crlf'
}

export const defaultStyle: Style = { tabWidth: 4, useTabs: false, printWidth: 120, endOfLine: 'lf' }

/**
 * The style that prettier's config or `.editorconfig` asks for in a file (absolute path). Prettier is only loaded
 * when there is one; a broken one is left to prettier to report.
 */
export async function resolveStyle(file: string, listings: Listings): Promise<Style> {
  const isStyled = findUpwards(dirname(file), listings, (directory, names) =>
    [...names].some((name) => STYLE_FILE.test(name)) ||
    (names.has('package.json') && hasManifestKey(join(directory, 'package.json'), 'prettier'))
      ? true
      : undefined,
  )
  if (isStyled !== true) return defaultStyle
  const { resolveConfig } = await import('prettier')
  const options = await resolveConfig(file, { editorconfig: true }).catch(() => null)
  return {
    tabWidth: options?.tabWidth ?? defaultStyle.tabWidth,
    useTabs: options?.useTabs ?? defaultStyle.useTabs,
    printWidth: options?.printWidth ?? defaultStyle.printWidth,
    endOfLine: options?.endOfLine === 'crlf' ? 'crlf' : 'lf',
  }
}

const STYLE_FILE = /^(?:\.editorconfig|\.prettierrc(?:\..+)?|prettier\.config\..+)$/
