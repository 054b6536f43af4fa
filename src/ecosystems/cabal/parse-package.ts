import { parseFields } from './parse-fields.ts'

/** What a .cabal file says about how its package is built. */
export interface CabalPackage {
  /** Image path of the file. */
  readonly path: string
  readonly name: string
  /** Names of packages that its components depend on. */
  readonly dependencies: ReadonlySet<string>
  readonly libraries: number
  readonly executables: number
}

export function parsePackage(text: string, path: string): CabalPackage {
  const fields = parseFields(text)
  const count = (section: string): number =>
    text.match(new RegExp(`^(?:${section})(?:\\s+[\\w-]+)?\\s*(?:--.*)?$`, 'gim'))?.length ?? 0
  const dependencies = fields
    .filter(
      ({ name }) => name === 'build-depends' || name === 'build-tool-depends' || name === 'setup-depends',
    )
    .flatMap(({ value }) => value.split(','))
    .flatMap((item) => /^\s*([A-Za-z0-9][\w-]*)/.exec(item)?.[1] ?? [])
  return {
    path,
    name: fields.find(({ name, indent }) => name === 'name' && indent === 0)?.value ?? '',
    dependencies: new Set(dependencies),
    libraries: count('library|foreign-library'),
    executables: count('executable'),
  }
}
