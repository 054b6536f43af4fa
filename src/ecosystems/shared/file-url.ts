/** The path of a `file:` URL (`file:repo`, `file:///srv/repo`, `file://${basedir}/repo`); `undefined` for another. */
export function toFilePath(url: string): string | undefined {
  return url.startsWith('file:') ? url.replace(/^file:(?:\/\/(?=[/$]))?/, '') : undefined
}
