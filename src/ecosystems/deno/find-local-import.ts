import { toTexts, type JsonObject } from '../shared/json-object.ts'

/**
 * Whether a module may import a file of the project. Says yes in doubt: for an import of something computed, and for a
 * bare name that no import map entry makes remote.
 */
export function findLocalImport(text: string, config: JsonObject): boolean {
  const imports = toTexts(config['imports'])
  const isRemote = (specifier: string): boolean => {
    if (/^(https?|npm|jsr|node|data):/.test(specifier)) return true
    const key = [...imports.keys()].find(
      (name) =>
        name === specifier ||
        (name.endsWith('/') && specifier.startsWith(name)) ||
        specifier.startsWith(`${name}/`),
    )
    return key !== undefined && /^(https?|npm|jsr|node):/.test(imports.get(key) ?? '')
  }
  const specifiers = [...text.matchAll(/\b(?:from|import)\b\s*\(?\s*(["'])([^"'\n]*)\1/g)].map(
    (match) => match[2] ?? '',
  )
  if (/\bimport\s*\(\s*[^"'\s]/.test(text) || /<reference\s+\w+\s*=\s*["']\.{0,2}\//.test(text)) return true
  if (/\bimport\.meta\.resolve\b|\bnew URL\s*\(/.test(text)) return true
  return !specifiers.every(isRemote)
}
