import { randomBytes } from 'node:crypto'
import { chmodSync, lstatSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openContext } from '../../src/context/build-context.ts'
import { filterTree } from '../../src/context/filter-tree.ts'
import { parseIgnore } from '../../src/context/ignore-matcher.ts'
import type { FileTree } from '../../src/context/types.ts'
import { isDockerfileError } from '../../src/dockerfile/is-dockerfile-error.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import { resolveCommand } from '../../src/knowledge.ts'
import { buildModel, type ModelBuild } from '../../src/model/build.ts'
import { forecastCache } from '../../src/model/cache.ts'
import { changedTree } from '../../src/model/changed-tree.ts'
import { addFiles, makeDirectory } from '../context/temporary-directory.ts'
import { buildPlain, docker, type BuiltStep } from './docker.ts'
import { scenarios, type Change, type Scenario } from './forecast-cases.ts'

describe.concurrent.each(scenarios)('after a change of $name', (scenario) => {
  it.each(scenario.changes)('$name', async (change) => {
    // Nothing of another test or of an earlier run may be in the cache: base image and files are this test's own.
    const salt = randomBytes(6).toString('hex')
    const base = await makeBase(scenario.image ?? 'busybox', salt)
    const before = makeContext(scenario, salt, base)
    const after = makeContext(scenario, salt, base)
    applyChange(after, change, salt)

    await buildPlain(before, { args: scenario.args ?? {} })
    const built = await buildPlain(after, { args: change.args ?? scenario.args ?? {} })
    const forecast = forecastSteps(scenario, change, before, after)

    const real = toLines(forecast, (index) => toStages(built)[index]?.map((step) => step.cached) ?? [])
    const expected = toLines(forecast, (index) => forecast[index]?.map((step) => step.cached) ?? [])
    expect(toStages(built).map((steps) => steps.map(({ text }) => keywordOf(text)))).toEqual(
      forecast.map((steps) => steps.map(({ text }) => keywordOf(text))),
    )
    if (process.env['DIFF'] && expected.some((l, i) => l !== real[i])) throw new Error('\n' + expected.map((l, i) => (l === real[i] ? '   ' + l : 'MODEL ' + l + '   REAL ' + real[i]?.slice(0,6))).join('\n'))
    if (change.pessimistic !== true) return expect(expected).toEqual(real)
    expect(expected.filter((line) => line.startsWith('cached') && !real.includes(line))).toEqual([])
  })
})

async function makeBase(image: string, salt: string): Promise<string> {
  const tag = `dockerfix-e2e:${salt}`
  const dir = makeDirectory({ Dockerfile: `FROM ${image}\nCOPY salt /salt\n`, salt })
  await docker(['build', '--quiet', '--tag', tag, dir])
  onTestFinished(async () => void (await docker(['image', 'rm', tag])))
  return tag
}

function makeContext({ files, dockerfile }: Scenario, salt: string, base: string): string {
  const own = Object.entries(files).map(([path, text]) => [path, addSalt(path, text, salt)] as const)
  return makeDirectory({ ...Object.fromEntries(own), Dockerfile: dockerfile.replaceAll('FROM base', `FROM ${base}`) })
}

function addSalt(path: string, text: string, salt: string): string {
  return path === '.dockerignore' || text.startsWith('-> ') ? text : `${text} ${salt}\n`
}

function applyChange(dir: string, change: Change, salt: string): void {
  for (const [path, text] of Object.entries(change.files ?? {})) {
    rmSync(join(dir, path), { force: true })
    if (text !== undefined) addFiles(dir, { [path]: addSalt(path, text, salt) })
  }
  for (const [path, mode] of Object.entries(change.modes ?? {})) chmodSync(join(dir, path), mode)
  if (change.dockerfile === undefined) return
  const text = readFileSync(join(dir, 'Dockerfile'), 'utf8')
  const [from, to] = change.dockerfile.map((part) => part.replace('FROM base', /^FROM (dockerfix-e2e:\w+)/m.exec(text)?.[0] ?? ''))
  if (from === undefined || to === undefined || !text.includes(from)) throw new Error(`no ${from} in the Dockerfile`)
  addFiles(dir, { Dockerfile: text.replace(from, () => to) })
}

interface ForecastStep {
  readonly text: string
  readonly cached: boolean
}

/** The forecast, stage by stage; stages without a step are left out. */
function forecastSteps(scenario: Scenario, change: Change, before: string, after: string): readonly (readonly ForecastStep[])[] {
  const old = view(before)
  const now = view(after)
  const tree = changedTree(now, changesBetween(before, old, after, now))
  const forecast = forecastCache(
    toModel(before, old, scenario.args ?? {}),
    toModel(after, tree, change.args ?? scenario.args ?? {}),
  )
  const stages = new Map<number, ForecastStep[]>()
  for (const { stage, step, cached } of forecast) {
    stages.set(stage, [...(stages.get(stage) ?? []), { text: step.instruction.original.trim(), cached }])
  }
  return [...stages].sort(([a], [b]) => a - b).map(([, steps]) => steps)
}

function view(dir: string): FileTree {
  const matcher = parseIgnore(readFileSync(join(dir, '.dockerignore'), 'utf8'))
  if (!('ignores' in matcher)) throw new Error(matcher.message)
  return filterTree(openContext(dir, new Map()).checkout, matcher)
}

function toModel(dir: string, tree: FileTree, args: Readonly<Record<string, string>>): ModelBuild {
  const dockerfile = parseDockerfile(readFileSync(join(dir, 'Dockerfile'), 'utf8'))
  if (isDockerfileError(dockerfile)) throw new Error(dockerfile.message)
  return buildModel(dockerfile, tree, { resolve: resolveCommand, passedArgs: new Map(Object.entries(args)) })
}

/** Paths that the builder sees in only one of the two, or with another content or mode. */
function changesBetween(before: string, old: FileTree, after: string, now: FileTree): readonly string[] {
  const first = new Map(filesOf(old, '').map((path) => [path, stateOf(join(before, path))]))
  const second = new Map(filesOf(now, '').map((path) => [path, stateOf(join(after, path))]))
  return [...new Set([...first.keys(), ...second.keys()])].filter((path) => first.get(path) !== second.get(path))
}

function filesOf(tree: FileTree, dir: string): readonly string[] {
  return tree.list(dir).flatMap((name) => {
    const path = dir === '' ? name : `${dir}/${name}`
    return tree.kind(path) === 'dir' ? filesOf(tree, path) : [path]
  })
}

function stateOf(file: string): string {
  const stat = lstatSync(file)
  return stat.isSymbolicLink() ? `-> ${readlinkSync(file)}` : `${stat.mode} ${readFileSync(file, 'utf8')}`
}

/** What was built, stage by stage in the order of the file. */
function toStages(steps: readonly BuiltStep[]): readonly (readonly BuiltStep[])[] {
  const stages = new Map<string, BuiltStep[]>()
  for (const step of steps) stages.set(step.stage, [...(stages.get(step.stage) ?? []), step])
  return [...stages.values()]
}

function toLines(
  forecast: readonly (readonly ForecastStep[])[],
  cachedOf: (stage: number) => readonly boolean[],
): readonly string[] {
  return forecast.flatMap((steps, stage) =>
    steps.map(({ text }, index) => `${(cachedOf(stage)[index] ?? false) ? 'cached' : 're-run'} ${stage} ${text}`),
  )
}

function keywordOf(text: string): string {
  return (text.split(' ')[0] ?? '').toUpperCase()
}
