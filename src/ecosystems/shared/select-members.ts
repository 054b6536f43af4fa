import { joinPath } from '../../model/paths.ts'
import { toObject } from './json-object.ts'
import type { PackageInfo } from './read-package.ts'
import type { Argument } from '../../model/types.ts'

/** The values of an option, all of its occurrences; `undefined` when one is not known. */
export function valuesOf(args: readonly Argument[], names: readonly string[]): readonly string[] | undefined {
  const values: string[] = []
  for (const [index, arg] of args.entries()) {
    if (arg === undefined) return undefined
    if (names.includes(arg)) {
      const next = args[index + 1]
      if (next === undefined) return undefined
      values.push(next)
    } else if (names.some((name) => arg.startsWith(`${name}=`))) values.push(arg.slice(arg.indexOf('=') + 1))
  }
  return values
}

/**
 * The directories of the members that a command names, of those that they depend on, and of those that the root depends on:
 * an install that is told to install some runs no scripts of the others. `undefined` when a name is not that of a member, or
 * is a pattern.
 */
export function selectMembers(
  root: PackageInfo | undefined,
  members: readonly PackageInfo[],
  filters: readonly string[],
  cwd: string,
): ReadonlySet<string> | undefined {
  const named = filters.map((filter) => findMember(members, filter, cwd))
  if (named.length === 0 || named.includes(undefined)) return undefined
  const selected = new Set<PackageInfo>()
  const waiting = [...named, root].filter((info) => info !== undefined)
  for (let info = waiting.pop(); info !== undefined; info = waiting.pop()) {
    if (selected.has(info)) continue
    selected.add(info)
    waiting.push(...dependenciesOf(info, members))
  }
  return new Set([...selected].map(({ dir }) => dir))
}

/** `name`, `name...` with its dependencies, or `./packages/name`. */
function findMember(members: readonly PackageInfo[], filter: string, cwd: string): PackageInfo | undefined {
  const name = filter.replace(/\.\.\.$/, '')
  return (
    members.find(({ json }) => json['name'] === name) ??
    members.find(({ dir }) => !/[*!^[\]{}]/.test(name) && dir === joinPath(cwd, name))
  )
}

function dependenciesOf(info: PackageInfo, members: readonly PackageInfo[]): readonly PackageInfo[] {
  const dependencies = [
    'dependencies',
    'devDependencies',
    'optionalDependencies',
    'peerDependencies',
  ].flatMap((group) => Object.entries(toObject(info.json[group])))
  return members.filter(({ dir, json }) =>
    dependencies.some(([name, spec]) => {
      const path = /^(?:file|link|portal|workspace):(.+)$/.exec(typeof spec === 'string' ? spec : '')?.[1]
      const isAlias = path?.startsWith(`${String(json['name'])}@`) === true
      return name === json['name'] || isAlias || (path !== undefined && joinPath(info.dir, path) === dir)
    }),
  )
}
