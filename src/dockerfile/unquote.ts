import { lexShellWord } from './shell-lexer.ts'

/** Removes the quotes and escapes of a word and leaves variables as they are; a malformed word stays as it is. */
export function unquote(raw: string, escape: '\\' | '`'): string {
  if (!/["'\\`$]/.test(raw)) return raw
  return lexShellWord(raw, { escape, skipUnset: true, lookup: () => false })?.value ?? raw
}
