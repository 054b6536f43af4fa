/** A dependency that is a path of this machine. */
export interface LocalSpec {
  readonly kind: 'file' | 'link' | 'portal' | 'patch' | 'exec' | 'git'
  /** As spelled, without the protocol. */
  readonly path: string
}

/** Tells a version range, a tag or an address from a path; `undefined` when it is no path. */
export function parseLocalSpec(spec: string): LocalSpec | undefined {
  const protocol = /^(file|link|portal|exec):(?:\/\/(?=\/|\.|~))?(.*)$/.exec(spec)
  if (protocol !== null) {
    const [, kind = 'file', path = ''] = protocol
    // Yarn appends `::locator=...` and `#...` to some paths.
    return { kind: kind as LocalSpec['kind'], path: path.replace(/(::|#).*$/, '') || '.' }
  }
  if (spec.startsWith('git+file:')) return { kind: 'git', path: spec.slice('git+file:'.length) }
  if (spec.startsWith('patch:')) return parsePatch(spec)
  if (/^(\.{1,2}(\/|$)|\/|~\/)/.test(spec)) return { kind: 'file', path: spec }
  if (/\.(tgz|tar\.gz|tar)$/.test(spec) && !/^[\w+.-]+:/.test(spec)) return { kind: 'file', path: spec }
  return undefined
}

/** `patch:name@npm:1.0.0#./fix.patch&...`; built-in patches have no file. */
function parsePatch(spec: string): LocalSpec | undefined {
  const hash = spec.indexOf('#')
  const path = hash < 0 ? '' : (spec.slice(hash + 1).split('::')[0] ?? '')
  const files = path.split('&').map((file) => file.replace(/^~?optional!/, ''))
  const first = files.find((file) => !/^~?builtin</.test(file) && file !== '')
  if (first === undefined) return undefined
  return { kind: 'patch', path: first }
}
