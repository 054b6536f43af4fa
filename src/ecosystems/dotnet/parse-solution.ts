import { isObject, toObject, toStrings } from '../shared/json-object.ts'
import { parseXml, type XmlNode } from '../shared/parse-xml.ts'

/** The projects of a solution, as it spells them; a text for a problem. */
export interface Solution {
  readonly projects: readonly string[]
  /** The solution that a filter (`.slnf`) is a part of. */
  readonly base?: string
}

/** Reads `.sln`, `.slnx` and `.slnf`: https://learn.microsoft.com/visualstudio/extensibility/internals/solution-dot-sln-file */
export function parseSolution(name: string, text: string): Solution | string {
  if (/\.slnx$/i.test(name)) {
    const root = parseXml(text)
    return typeof root === 'string' ? root : { projects: projectsOf(root) }
  }
  if (/\.slnf$/i.test(name)) return parseFilter(text)
  if (!/^\s*Microsoft Visual Studio Solution File/m.test(text)) return 'it is not a solution'
  if (/^(<{7}|={7}|>{7})/m.test(text)) return 'it has marks of a merge conflict'
  const lines = [...text.matchAll(/^[ \t]*Project\("\{([^}]*)\}"\) = "[^"]*", "([^"]*)"/gm)]
  // Folders of the solution are projects of this type.
  return {
    projects: lines.flatMap(([, type = '', path = '']) => (/^2150E333/i.test(type) ? [] : [path])),
  }
}

function projectsOf({ name, attributes, children }: XmlNode): readonly string[] {
  const path = name === 'Project' ? attributes.get('Path') : undefined
  return [...(path === undefined ? [] : [path]), ...children.flatMap(projectsOf)]
}

function parseFilter(text: string): Solution | string {
  try {
    const json: unknown = JSON.parse(text)
    const solution = isObject(json) ? toObject(json['solution']) : {}
    const base = solution['path']
    if (typeof base !== 'string') return 'it names no solution'
    return { projects: toStrings(solution['projects']), base }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
