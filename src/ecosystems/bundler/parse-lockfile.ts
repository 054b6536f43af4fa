/** What a Gemfile.lock says. */
export interface Lockfile {
  /** Names and versions of the gems that come from registries, as their files are called: `rails-7.1.0-x86_64-linux`. */
  readonly gems: readonly string[]
  readonly platforms: readonly string[]
  /** Direct dependencies with their requirements; empty where there is none. */
  readonly dependencies: ReadonlyMap<string, string>
}

/**
 * Parses a Gemfile.lock: sections whose names begin a line, entries indented by two, four for a gem. `undefined` when it
 * is none, or has marks of a merge conflict. https://bundler.io/man/bundle-lock.1.html
 */
export function parseLockfile(text: string): Lockfile | undefined {
  const gems: string[] = []
  const platforms: string[] = []
  const dependencies = new Map<string, string>()
  let section = ''
  for (const line of text.split(/\r?\n/)) {
    if (/^(<{7}|={7}|>{7}|\|{7})/.test(line)) return undefined
    if (/^[A-Z]/.test(line)) section = line.trim()
    else if (section === 'GEM') {
      const [, name, version] = /^ {4}(\S+) \((.+)\)$/.exec(line) ?? []
      if (name !== undefined && version !== undefined) gems.push(`${name}-${version}`)
    } else if (section === 'PLATFORMS' && line.trim() !== '') platforms.push(line.trim())
    else if (section === 'DEPENDENCIES') {
      const [, name, requirement = ''] = /^ {2}([^\s!]+?)!?(?: \((.+)\))?!?$/.exec(line) ?? []
      if (name !== undefined) dependencies.set(name, requirement.split(', ').sort().join(', '))
    }
  }
  return section === '' ? undefined : { gems, platforms, dependencies }
}
