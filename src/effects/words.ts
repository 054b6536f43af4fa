/** The words of a text: how long lists of names are written here. */
export function words(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}
