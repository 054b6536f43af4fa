import { isAbsolute, join, resolve } from 'node:path'
import { interpolate } from './interpolate.ts'

/** A service's build, paths absolute. */
export interface ComposeBuild {
  readonly dockerfile: string
  readonly context: string
  readonly target?: string
  readonly args?: Readonly<Record<string, string>>
}

/**
 * The builds of a compose file's services (https://docs.docker.com/reference/compose-file/build/). `isPartial` says that
 * the file only adds to another one, whose context a build without its own takes. Passes over what it cannot read, what
 * depends on variables without a default, and remote contexts.
 */
export async function parseCompose(
  text: string,
  directory: string,
  isPartial: boolean,
): Promise<readonly ComposeBuild[]> {
  const { parseDocument } = await import('yaml')
  let data: unknown
  try {
    data = parseDocument(text, { merge: true, logLevel: 'silent', uniqueKeys: false }).toJS()
  } catch {
    // Aliases without an anchor, and those that multiply without end.
    return []
  }
  const services = toRecord(toRecord(data)?.['services']) ?? {}
  return Object.values(services).flatMap((service) => {
    const build = toRecord(service)?.['build']
    const found =
      typeof build === 'string'
        ? toBuild({ context: build }, directory, false)
        : toBuild(toRecord(build), directory, isPartial)
    return found === undefined ? [] : [found]
  })
}

function toBuild(
  build: Readonly<Record<string, unknown>> | undefined,
  directory: string,
  isPartial: boolean,
): ComposeBuild | undefined {
  if (build === undefined || 'dockerfile_inline' in build || (isPartial && !('context' in build)))
    return undefined
  const context = toText(build['context'] ?? '.')
  const dockerfile = toText(build['dockerfile'] ?? 'Dockerfile')
  if (context === undefined || dockerfile === undefined || isRemote(context)) return undefined
  const target = toText(build['target'])
  const args = toArguments(build['args'])
  const root = resolve(directory, context)
  return {
    dockerfile: isAbsolute(dockerfile) ? dockerfile : join(root, dockerfile),
    context: root,
    ...(target !== undefined && { target }),
    ...(Object.keys(args).length > 0 && { args }),
  }
}

/** A mapping, or a list of `NAME=value`; a name alone takes its value from the user's environment. */
function toArguments(args: unknown): Readonly<Record<string, string>> {
  const pairs = Array.isArray(args)
    ? args.map((arg): [string, unknown] => {
        const [name = '', ...value] = String(arg).split('=')
        return [name, value.length === 0 ? undefined : value.join('=')]
      })
    : Object.entries(toRecord(args) ?? {})
  return Object.fromEntries(
    pairs.flatMap(([name, value]): [string, string][] => {
      const text = toText(value)
      return text === undefined ? [] : [[name, text]]
    }),
  )
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return typeof value === 'string' ? interpolate(value) : undefined
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined
}

function isRemote(context: string): boolean {
  return /^(?:[a-z][a-z+.-]*:|git@|github\.com\/)/i.test(context)
}
