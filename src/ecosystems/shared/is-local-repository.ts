/**
 * Whether git takes the address of a repository for a directory: `../x`, `x/y`, `file:///x`. Others have a scheme, or are
 * of the form `host:path`. https://git-scm.com/docs/git-clone#_git_urls
 */
export function isLocalRepository(url: string): boolean {
  return /^file:/i.test(url) || !/^[^/\\]+:/.test(url)
}
