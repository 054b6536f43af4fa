import { baseName, parentPath } from '../../model/paths.ts'

/** Every value that a property may have, names in lower case: which one counts depends on conditions. */
export type Properties = Map<string, Set<string>>

/** Where an expression stands. */
export interface Place {
  /** The project that is being evaluated, and the file that is being read: the project or what it imports. */
  readonly project: string
  readonly file: string
}

const LIMIT = 32

/** Places of the SDK, of packages and of outputs: no file of the project is there. */
const FOREIGN =
  /^(msbuild(extensionspath(32|64)?|toolspath(32|64)?|binpath|sdkspath|userextensionspath|frameworktoolspath|runtimetype|projectextensionspath)|vstoolspath|vsinstalldir|vsinstallroot|netcoretargetingpackroot|nugetpackageroot|nugetpackagefolders|userprofile|appdata|localappdata|home|programfiles.*|windir|pkg\w+|baseintermediateoutputpath|intermediateoutputpath|outputpath|outdir|publishdir|artifactspath|dotnet\w*|netcoreroot|frameworksdkroot|sdk\w*path)$/

/**
 * What an expression may stand for, paths with slashes: an empty list for one that leads into the SDK, `undefined` for one
 * that cannot be known. https://learn.microsoft.com/visualstudio/msbuild/msbuild-properties
 */
export function expand(text: string, properties: Properties, place: Place): readonly string[] | undefined {
  const pattern = /\$\(([A-Za-z_][\w.-]*)\)/
  let pending = [text.replaceAll('\\', '/')]
  for (let round = 0; round < 12; round++) {
    const next: string[] = []
    for (const item of pending) {
      const match = pattern.exec(item)
      if (match === null) {
        if (/\$\(|%\(|@\(/.test(item)) return undefined
        next.push(item)
        continue
      }
      const [whole, name = ''] = match
      const values = valuesOf(name.toLowerCase(), properties, place)
      if (values === 'foreign') continue
      if (values === undefined) return undefined
      next.push(...[...values].map((value) => item.replace(whole, () => value.replaceAll('\\', '/'))))
    }
    if (next.length > LIMIT) return undefined
    if (next.every((item) => !pattern.test(item))) {
      return next.some((item) => /\$\(|%\(|@\(/.test(item)) ? undefined : [...new Set(next)]
    }
    pending = next
  }
  return undefined
}

function valuesOf(
  name: string,
  properties: Properties,
  { project, file }: Place,
): Iterable<string> | 'foreign' | undefined {
  const slash = (dir: string): string => (dir === '/' ? '/' : `${dir}/`)
  switch (name) {
    case 'msbuildthisfiledirectory':
      return [slash(parentPath(file))]
    case 'msbuildthisfile':
      return [baseName(file)]
    case 'msbuildthisfilefullpath':
      return [file]
    case 'msbuildprojectdirectory':
      return [parentPath(project)]
    case 'projectdir':
      return [slash(parentPath(project))]
    case 'msbuildprojectfullpath':
    case 'projectpath':
      return [project]
    case 'msbuildprojectfile':
    case 'projectfilename':
      return [baseName(project)]
    case 'msbuildprojectname':
    case 'projectname':
      return [baseName(project).replace(/\.[^.]*$/, '')]
    case 'msbuildprojectextension':
      return [/\.[^.]*$/.exec(project)?.[0] ?? '']
    case 'os':
      return ['Unix']
    default:
      return properties.get(name) ?? (FOREIGN.test(name) ? 'foreign' : undefined)
  }
}
