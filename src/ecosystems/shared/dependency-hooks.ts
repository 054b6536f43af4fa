import { joinPath } from '../../model/paths.ts'
import { checkPrisma } from './prisma.ts'
import { collectOutcomes, isReason, type Outcome } from './outcome.ts'
import { isSelfContained } from './self-contained.ts'
import { lookAt, lookInto } from './look.ts'
import { toObject, toStrings, toTexts } from './json-object.ts'
import { cacheHome, type Scene } from './scene.ts'
import { readPackage, type PackageInfo } from './read-package.ts'

/** What the install script of a dependency reads of the project that depends on it, and what it writes. */
type Hook = (scene: Scene, info: PackageInfo, range: string) => Outcome

const HOOKS: ReadonlyMap<string, Hook> = new Map<string, Hook>([
  ['@prisma/client', checkPrismaClient],
  ['puppeteer', checkPuppeteer],
  ['cypress', ({ command }) => [{ tree: `${cacheHome(command)}/Cypress`, mode: 'merge' }]],
  ['playwright', ({ command }) => [{ tree: `${cacheHome(command)}/ms-playwright`, mode: 'merge' }]],
  ['electron', ({ command }) => [{ tree: `${cacheHome(command)}/electron`, mode: 'merge', allow: 'cache' }]],
  ['nx', checkNx],
  ['msw', checkMockWorker],
])

/** Checks the install scripts of the direct dependencies that are known to look at the project. */
export function checkDependencyHooks(scene: Scene, info: PackageInfo): Outcome {
  const ranges = new Map(
    ['devDependencies', 'optionalDependencies', 'dependencies'].flatMap((group) => [
      ...toTexts(info.json[group]),
    ]),
  )
  return collectOutcomes(HOOKS, ([name, hook]) => {
    const range = ranges.get(name)
    return range === undefined ? [] : hook(scene, info, range)
  })
}

/** The client up to version 6 generates itself; later versions have no install script. */
function checkPrismaClient(scene: Scene, info: PackageInfo, range: string): Outcome {
  const major = /^\D*(\d+)/.exec(range)?.[1]
  if (/^[\^~]?\d/.test(range) && Number(major) >= 7) return []
  const writes = [{ tree: `${cacheHome(scene.command)}/prisma`, mode: 'merge', allow: 'cache' }] as const
  // It generates for the directory of the install, too.
  const root = info.dir === scene.root ? undefined : readPackage(scene.files, scene.root)
  if (isReason(root)) return root
  const packages = root === undefined ? [info] : [info, root]
  const outcome = collectOutcomes(packages, (each) => checkPrisma(scene, each))
  return isReason(outcome) ? outcome : [...writes, ...outcome]
}

function checkPuppeteer({ files, command }: Scene, { dir }: PackageInfo): Outcome {
  const names = ['', '.json', '.yaml', '.yml', '.js', '.cjs', '.mjs', '.ts'].map(
    (end) => `.puppeteerrc${end}`,
  )
  const scripts = ['js', 'cjs', 'mjs', 'ts', 'mts'].map((end) => `puppeteer.config.${end}`)
  const outcome = collectOutcomes([...names, ...scripts], (name) => {
    const path = joinPath(dir, name)
    const text = lookInto(files, path)
    if (text === undefined) return []
    if (isReason(text)) return text
    if (!isSelfContained(text)) return { code: 'reads-sources', text: 'puppeteer', path: files.origin(path) }
    // Its usual content is a cache directory of that name in the project.
    return [{ tree: joinPath(dir, '.cache'), mode: 'merge', ignore: '**/.cache' }]
  })
  if (isReason(outcome)) return outcome
  return [...outcome, { tree: `${cacheHome(command)}/puppeteer`, mode: 'merge' }]
}

/** Nx reads its config and leaves a cache; it ignores errors. */
function checkNx({ files }: Scene, { dir }: PackageInfo): Outcome {
  const kind = lookAt(files, joinPath(dir, 'nx.json'))
  if (isReason(kind)) return kind
  return kind === 'file'
    ? [{ tree: joinPath(dir, '.nx'), mode: 'merge', allow: 'cache', ignore: '**/.nx' }]
    : []
}

function checkMockWorker(_: Scene, { dir, json }: PackageInfo): Outcome {
  const directory = toObject(json['msw'])['workerDirectory']
  const directories = typeof directory === 'string' ? [directory] : toStrings(directory)
  return directories.map((to) => ({ path: joinPath(dir, `${to}/mockServiceWorker.js`) }))
}
