import { imageOf, type ModelBuild, type StageBuild } from './build.ts'
import type { Environment } from './environment.ts'
import type { Atom } from './run.ts'
import type { Read } from './image-files.ts'

/** How two builds differ, in words that name paths and steps; empty when every stage is the same image. */
export function compareBuilds(before: ModelBuild, after: ModelBuild): readonly string[] {
  const counterparts = matchStages(before, after)
  if (counterparts === undefined) return ['the stages differ']
  return before.stages.flatMap((stage, index) => {
    const counterpart = counterparts[index] ?? -1
    const other = after.stages[counterpart]
    if (other === undefined) return []
    const config = compareConfig(stage.environment, other.environment)
    const same = sameList(imageOf(before, index), imageOf(after, counterpart)) && keepsTolerated(stage, other)
    const files = same ? [] : explain(stage, other)
    const prefix = before.stages.length > 1 ? `stage ${stage.stage.name ?? index}: ` : ''
    return [...config, ...files].map((text) => prefix + text)
  })
}

/** For each stage the index of the same one afterwards. A stage of a new name is nobody's target: it may be added. */
function matchStages(before: ModelBuild, after: ModelBuild): readonly number[] | undefined {
  const names = before.stages.map(nameOf)
  const isAdded = (stage: StageBuild): boolean =>
    before.stages.length < after.stages.length &&
    nameOf(stage) !== undefined &&
    !names.includes(nameOf(stage))
  const kept = after.stages.flatMap((stage, index) => (isAdded(stage) ? [] : [index]))
  const same = names.every((name, index) => {
    const stage = after.stages[kept[index] ?? -1]
    return stage !== undefined && nameOf(stage) === name
  })
  return same && kept.length === names.length ? kept : undefined
}

function nameOf({ stage }: StageBuild): string | undefined {
  return stage.name?.toLowerCase()
}

function compareConfig(before: Environment, after: Environment): readonly string[] {
  const differences: string[] = []
  const check = (name: string, a: unknown, b: unknown): void => {
    if (JSON.stringify(a) !== JSON.stringify(b)) differences.push(`${name} differs`)
  }
  const entries = (map: ReadonlyMap<string, unknown>): unknown =>
    [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  const variables = ({ env, spelled }: Environment): unknown =>
    [...env.keys()].map((name) => [name, spelled.get(name)]).sort()
  check('ENV', variables(before), variables(after))
  check('WORKDIR', before.workdir, after.workdir)
  check('USER', before.user, after.user)
  check('SHELL', before.shell, after.shell)
  check('LABEL', entries(before.labels), entries(after.labels))
  check('EXPOSE', [...before.ports].sort(), [...after.ports].sort())
  check('VOLUME', [...before.volumes].sort(), [...after.volumes].sort())
  check('ONBUILD', before.triggers, after.triggers)
  check('CMD, ENTRYPOINT or HEALTHCHECK', entries(before.settings), entries(after.settings))
  return differences
}

/**
 * Writes that a rewrite may add are left out of the image; a command that stands in both builds must come to the same
 * all the same. A download above the installation of the tool that it needs is not the same download.
 */
function keepsTolerated(before: StageBuild, after: StageBuild): boolean {
  const values = (stage: StageBuild): readonly string[] =>
    stage.steps.flatMap(({ atoms }) =>
      atoms.flatMap((atom) =>
        atom.writes.filter((write) => write.allow !== undefined).map((write) => write.value),
      ),
    )
  const found = [...values(after)]
  return values(before).every((value) => {
    const at = found.indexOf(value)
    if (at >= 0) found.splice(at, 1)
    return at >= 0
  })
}

/** The first command whose reads differ says best why the images do. */
function explain(before: StageBuild, after: StageBuild): readonly string[] {
  const left = before.steps.flatMap((step) => step.atoms)
  const right = after.steps.flatMap((step) => step.atoms)
  const differences: string[] = []
  const used = new Set<Atom>()
  for (const atom of left) {
    const twin = right.find((other) => other.text === atom.text && !used.has(other))
    if (twin === undefined) {
      differences.push(`\`${atom.text}\` is not run any more`)
      continue
    }
    used.add(twin)
    differences.push(...explainAtom(atom, twin))
  }
  return differences.length > 0 ? differences.slice(0, 3) : ['files end up in another state']
}

function explainAtom(before: Atom, after: Atom): readonly string[] {
  const find = (read: Read): Read | undefined =>
    after.reads.find((other) => other.kind === read.kind && other.path === read.path)
  return before.reads.flatMap((read) => {
    const other = find(read)
    if (other?.value === read.value) return []
    const where = read.kind === 'system' ? 'the system' : read.kind === 'all' ? 'all files' : read.path
    if (other === undefined || (read.found && !other.found))
      return [`\`${before.text}\` would not find ${where}`]
    return [`\`${before.text}\` would find ${where} in another state`]
  })
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index])
}
