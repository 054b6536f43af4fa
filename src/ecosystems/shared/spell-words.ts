/** Words as a POSIX shell reads them back, for a command that is added. */
export function spellWords(words: readonly string[]): string {
  return words.map(spellWord).join(' ')
}

function spellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  return `'${word.replaceAll("'", "'\\''")}'`
}
