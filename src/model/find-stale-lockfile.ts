import { createImageFiles } from './image-files.ts'
import type { ModelBuild, StageBuild } from './build.ts'
import type { Atom } from './run.ts'

/** A lockfile that an install rewrites, and the later command that would find it in another state. */
export interface StaleLockfile {
  /** As the user would name it. */
  readonly file: string
  readonly reader: string
}

/** Why two builds differ, when it is that a rewritten lockfile is read again. */
export function findStaleLockfile(before: ModelBuild, after: ModelBuild): StaleLockfile | undefined {
  for (const [index, stage] of before.stages.entries()) {
    const rewritten = new Set<string>()
    const others = after.stages[index]
    for (const atom of atomsOf(stage)) {
      const read = atom.reads.find(({ kind, path }) => kind === 'path' && rewritten.has(path))
      const twin = others && atomsOf(others).find(({ text }) => text === atom.text)
      const other = twin?.reads.find(({ kind, path }) => kind === 'path' && path === read?.path)
      if (read !== undefined && other !== undefined && other.value !== read.value) {
        const files = createImageFiles(stage.log, before.context, before.tolerance, [])
        return { file: files.origin(read.path), reader: atom.text }
      }
      for (const { region, allow } of atom.writes) {
        if (allow === 'lockfile' && region.kind === 'path') rewritten.add(region.path)
      }
    }
  }
  return undefined
}

function atomsOf(stage: StageBuild): readonly Atom[] {
  return stage.steps.flatMap((step) => step.atoms)
}
