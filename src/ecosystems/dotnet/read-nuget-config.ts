import { joinPath, parentPath } from '../../model/paths.ts'
import { firstReason } from '../shared/first-reason.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { parseXml } from '../shared/parse-xml.ts'
import { upwards } from '../../effects/targets.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** How NuGet spells its file on a file system that tells cases apart. */
const NAMES = ['nuget.config', 'NuGet.config', 'NuGet.Config']

/** Reads the settings of NuGet from a directory upwards: https://learn.microsoft.com/nuget/consume-packages/configuring-nuget-behavior */
export function readNugetConfigs(files: ImageFiles, dir: string, seen: Set<string>): Reason | undefined {
  return firstReason(upwards(dir), (at) =>
    firstReason(NAMES, (name) => {
      const path = joinPath(at, name)
      if (seen.has(path)) return undefined
      seen.add(path)
      return readNugetConfig(files, path)
    }),
  )
}

/** Reads one file; a source that is a directory is read whole. */
export function readNugetConfig(files: ImageFiles, path: string): Reason | undefined {
  const text = lookInto(files, path)
  if (text === undefined || isReason(text)) return text
  const file = files.origin(path)
  const root = parseXml(text)
  if (typeof root === 'string') return { code: 'unreadable-manifest', file, problem: root }
  return firstReason(root.children, ({ name, children }) =>
    firstReason(children, ({ attributes }) => {
      const value = (attributes.get('value') ?? '').replaceAll('\\', '/')
      if (name === 'config' && /^(globalPackagesFolder|repositoryPath)$/i.test(attributes.get('key') ?? '')) {
        return {
          code: 'unreadable-manifest',
          file,
          problem: `\`${attributes.get('key') ?? ''}\` puts packages elsewhere`,
        }
      }
      if (
        !/^(packageSources|fallbackPackageFolders|auditSources)$/.test(name) ||
        value === '' ||
        /^https?:/i.test(value)
      )
        return undefined
      if (/[%$]/.test(value)) return { code: 'unknown-argument', text: value }
      const place = joinPath(parentPath(path), value)
      const kind = lookAt(files, place)
      if (isReason(kind)) return kind
      if (kind === 'dir') files.readTree(place)
      return undefined
    }),
  )
}
