import { joinPath } from '../../model/paths.ts'
import { checkLocalSpecs, nestedTexts } from '../shared/local-dependencies.ts'
import { collectOutcomes, isReason, type Outcome } from '../shared/outcome.ts'
import { isSelfContained } from '../shared/self-contained.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { toObject, toStrings, toTexts } from '../shared/json-object.ts'
import type { Config } from '../shared/config.ts'
import type { PnpmProject } from './read-workspace.ts'
import type { Scene } from '../shared/scene.ts'

/** Hooks, patches, catalogs and overrides: what `pnpm fetch` and `pnpm install` both read. */
export function readSharedFiles(scene: Scene, project: PnpmProject, config: Config): Outcome {
  const { settings, settingsFile, root } = project
  const overrides = [...nestedTexts(settings['overrides']), ...nestedTexts(settings['catalog'])]
  const specs = [...overrides, ...nestedTexts(settings['catalogs'])]
  return collectOutcomes(
    [
      () => checkHooks(scene, config, toStrings(settings['pnpmfile'])),
      () => checkPatches(scene, toTexts(settings['patchedDependencies'])),
      () => checkPatches(scene, toTexts(toObject(root?.json['pnpm'])['patchedDependencies'])),
      () => checkLocalSpecs(scene, settingsFile, specs, { events: [], linksMembers: true }),
    ],
    (check) => check(),
  )
}

/** https://pnpm.io/pnpmfile: code that every install runs. */
function checkHooks({ files, root, command }: Scene, config: Config, listed: readonly string[]): Outcome {
  if (config('ignore-pnpmfile') === 'true') return []
  const named = [config('pnpmfile'), config('global-pnpmfile')].filter((name) => name !== undefined)
  return collectOutcomes(['.pnpmfile.cjs', '.pnpmfile.mjs', ...named, ...listed], (name) => {
    const path = joinPath(root, name)
    const text = lookInto(files, path)
    if (text === undefined) return []
    if (isReason(text)) return text
    return isSelfContained(text)
      ? []
      : { code: 'reads-sources', text: command.text, path: files.origin(path) }
  })
}

function checkPatches({ files, root, command }: Scene, patches: ReadonlyMap<string, string>): Outcome {
  return collectOutcomes(patches.values(), (name) => {
    const path = joinPath(root, name)
    const kind = lookAt(files, path)
    if (isReason(kind)) return kind
    return kind === 'file' ? [] : { code: 'missing-file', file: files.origin(path), command: command.text }
  })
}
