import { randomBytes } from 'node:crypto'
import { chmodSync, lstatSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
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
import { addFiles } from '../context/temporary-directory.ts'
import { makeContextDirectory } from './directory.ts'
import { buildPlain, docker, type BuiltStep } from './docker.ts'
import { scenarios, type Change, type Scenario } from './forecast-cases.ts'

describe.concurrent.each(scenarios.map((one) => [one.name, one] as const))('forecast: %s', (_, scenario) => {
  it.for(scenario.changes.map((one) => [one.name, one] as const))('%s', async ([, change], context) => {
    // Nothing of another test or of an earlier run may be in the cache: base image and files are this test's own.
    const salt = randomBytes(6).toString('hex')
    const base = await makeBase(context, scenario.image ?? 'busybox', salt)
    const before = makeContext(context, scenario, salt)
    const after = makeContext(context, scenario, salt)
    applyChange(after, change, salt)
    for (const dir of [before, after]) useBase(dir, base)

    await buildPlain(before, { args: scenario.args ?? {} })
    const built = await buildPlain(after, { args: change.args ?? scenario.args ?? {} })
    const forecast = forecastSteps(scenario, change, before, after)

    expect(built).toHaveLength(forecast.length)
    const real = toLines(forecast.map((step) => ({ ...step, cached: isCached(step, built) })))
    if (change.pessimistic !== true) return expect(toLines(forecast).join('\n')).toBe(real.join('\n'))
    expect(toLines(forecast).filter((line) => line.startsWith('cached') && !real.includes(line))).toEqual([])
  })
})

/** Makes an image that is like another, yet not the same. */
async function makeBase({ onTestFinished }: TestContext, image: string, salt: string): Promise<string> {
  const tag = `dockerfix-e2e:${salt}`
  const dir = makeContextDirectory(
    { onTestFinished },
    { Dockerfile: `FROM ${image}\nCOPY salt /salt\n`, salt },
  )
  await docker(['build', '--quiet', '--tag', tag, dir])
  onTestFinished(async () => void (await docker(['image', 'rm', tag])))
  return tag
}

function makeContext(context: TestContext, { files, dockerfile }: Scenario, salt: string): string {
  const own = Object.entries(files).map(([path, text]) => [path, addSalt(path, text, salt)] as const)
  return makeContextDirectory(context, { ...Object.fromEntries(own), Dockerfile: dockerfile })
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
  const [from, to] = change.dockerfile
  if (!text.includes(from)) throw new Error(`no ${from} in the Dockerfile`)
  addFiles(dir, { Dockerfile: text.replace(from, () => to) })
}

/** `DOCKERFIX_E2E_SYNTAX=docker/dockerfile:1` tries another frontend than the engine's own. */
function useBase(dir: string, base: string): void {
  const syntax = process.env['DOCKERFIX_E2E_SYNTAX']
  const text = readFileSync(join(dir, 'Dockerfile'), 'utf8').replaceAll(
    /^(FROM (?:--\S+ )?)base\b/gm,
    `$1${base}`,
  )
  addFiles(dir, { Dockerfile: syntax === undefined ? text : `# syntax=${syntax}\n${text}` })
}

/** The forecast of each step, in the order of the file. */
function forecastSteps(
  scenario: Scenario,
  change: Change,
  before: string,
  after: string,
): readonly BuiltStep[] {
  const old = view(before)
  const now = view(after)
  const model = toModel(before, old, scenario.args ?? {})
  const tree = changedTree(now, changesBetween(before, old, after, now))
  const changed = toModel(after, tree, change.args ?? scenario.args ?? {})
  const count = changed.stages.length
  const places = new Map<number, number>()
  return forecastCache(model, changed).map(({ stage, step, cached }) => {
    const place = places.get(stage) ?? 0
    places.set(stage, place + 1)
    const name = changed.stages[stage]?.stage.name ?? (count === 1 ? '' : `stage-${stage}`)
    return { stage: name, place, text: step.instruction.original.trim(), cached }
  })
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
  return [...new Set([...first.keys(), ...second.keys()])].filter(
    (path) => first.get(path) !== second.get(path),
  )
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

function isCached(step: BuiltStep, built: readonly BuiltStep[]): boolean {
  // Where a file has one stage, the builder names it only when something is copied from elsewhere.
  const names = step.stage === '' ? ['', 'stage-0'] : [step.stage]
  const same = built.find(({ stage, place }) => names.includes(stage) && place === step.place)
  if (same === undefined || keywordOf(same.text) !== keywordOf(step.text)) {
    throw new Error(`the builder has no step ${step.place} ${step.text} in stage ${step.stage}`)
  }
  return same.cached
}

function toLines(steps: readonly BuiltStep[]): readonly string[] {
  return steps.map(({ stage, text, cached }) => `${cached ? 'cached' : 're-run'} [${stage}] ${text}`)
}

function keywordOf(text: string): string {
  return (text.split(' ')[0] ?? '').toUpperCase()
}
