import { stripComments } from '../shared/strip-comments.ts'

/** What a Package.swift, which is a program, needs besides itself. */
export interface ManifestScan {
  /** What it uses to read files, to run programs or to ask git; absent when it does none of these. */
  readonly access: string | undefined
  readonly usesEnvironment: boolean
  /** Directories of local packages. */
  readonly paths: readonly string[]
  /** Repositories and archives. */
  readonly urls: readonly string[]
}

const ACCESS =
  /\b(?:FileManager|FileHandle|InputStream|Bundle|Process|contentsOf\w*|fopen|freopen|opendir|readdir|glob|popen|system|posix_spawn|fork|access|stat|lstat|readlink|getcwd|open|dlopen|gitInformation|URLSession)\b/

/**
 * Scans a manifest: only literal `.package` entries count, and every name that could reach a file is an access.
 * https://docs.swift.org/package-manager/PackageDescription/PackageDescription.html
 */
export function scanManifest(text: string): ManifestScan {
  const syntax = { line: ['//'], block: [['/*', '*/']], quotes: ['"'] } as const
  const code = stripComments(text, syntax)
  const bare = stripComments(text, syntax, true)
  const entries = [...code.matchAll(/\.package\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)/g)].map(
    (match) => match[1] ?? '',
  )
  const paths = entries.flatMap(
    (entry) =>
      /^\s*(?:name\s*:\s*"[^"]*"\s*,\s*)?path\s*:\s*"([^"\\]+)"\s*(?:,[\s\S]*)?$/.exec(entry)?.[1] ?? [],
  )
  const urls = entries.flatMap((entry) => /\burl\s*:\s*"([^"\\]+)"/.exec(entry)?.[1] ?? [])
  const identities = entries.filter((entry) => /^\s*id\s*:\s*"/.test(entry))
  const calls = bare.match(/\.package\s*\(/g)?.length ?? 0
  const understood = paths.length + urls.length + identities.length === calls
  // Code may stand inside a string, too: `"\(name)"`.
  return {
    access: understood ? ACCESS.exec(code.includes('\\(') ? code : bare)?.[0] : '.package',
    usesEnvironment: /\b(?:ProcessInfo|environment|getenv)\b/.test(bare),
    paths,
    urls: [...urls, ...identities],
  }
}
