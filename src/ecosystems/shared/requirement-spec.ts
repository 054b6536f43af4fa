/** What pip makes of one requirement. */
export type RequirementSpec =
  /** From an index, or a URL of the network. */
  | { readonly kind: 'remote' }
  /** A repository that `-e` checks out below `src`; `egg` is the directory's name when the URL has one. */
  | { readonly kind: 'checkout'; readonly egg: string | undefined }
  /** A file or directory, as spelled. */
  | { readonly kind: 'archive' | 'directory'; readonly path: string }

const ARCHIVE = /\.(zip|whl|tar\.bz2|tbz|tar\.gz|tgz|tar|tar\.xz|txz|tlz|tar\.lz|tar\.lzma)$/i
const REMOTE = /^((git|hg|svn|bzr)\+(?!file:)[a-z+]+:|(https?|ftp|ssh|git|s?ftp):)/i

/**
 * Tells a name from a path as pip does (`pip/_internal/req/constructors.py`): a bare word is a name unless it ends like
 * an archive; a path has a slash or begins with a dot. For `-e` a bare word is a directory.
 */
export function parseRequirementSpec(requirement: string, editable: boolean): RequirementSpec {
  const text = requirement.trim()
  const isUrl = /^[a-z+]+:/i.test(text)
  const spec = text.split(isUrl ? '; ' : ';')[0]?.trim() ?? ''
  if (REMOTE.test(spec)) {
    const egg = /[#&]egg=([^&[]+)/.exec(spec)?.[1]
    return editable ? { kind: 'checkout', egg } : { kind: 'remote' }
  }
  const reference = /^[\w.-]+\s*(?:\[[^\]]*\])?\s*@\s*([a-z+]+:.*)$/i.exec(spec)
  if (reference !== null) return parseRequirementSpec(reference[1] ?? '', editable)
  const path = toLocalPath(spec)
  if (ARCHIVE.test(path)) return { kind: 'archive', path }
  const local = editable || isUrl || path.startsWith('.') || path.includes('/') || /^[~*?]/.test(path)
  return local ? { kind: 'directory', path } : { kind: 'remote' }
}

/** `./lib[extra]`, `file:lib#egg=x`, `file:///app/lib`, `git+file:///app`. */
function toLocalPath(spec: string): string {
  const path = spec
    .replace(/^(?:(?:git|hg|svn|bzr)\+)?file:(?:\/\/(?:localhost)?(?=\/))?/i, '')
    .replace(spec.includes(':') ? /[#?].*$/ : /#(egg|subdirectory)=.*$/, '')
    .replace(/\s*\[[^\]]*\]$/, '')
  return spec.includes(':') ? decodePath(path) : path
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
