import { randomBytes } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { compareImages } from './compare-images.ts'
import { buildImage, buildPlain, type BuildOptions } from './docker.ts'
import { checkOut, isMissing, listProjects, makeLocks, runDockerfix, type NamedProject } from './project.ts'

const projects = await listProjects()

describe.concurrent('a rewrite builds the same image, and its install stays cached', () => {
  for (const project of projects) {
    it.skipIf(isMissing(project))(project.title, (context) => checkProject(project, context))
  }
})

async function checkProject(project: NamedProject, context: TestContext): Promise<void> {
  const { args = {}, caches = [], copiedTo, noise, source } = project
  const locks = await makeLocks(project, context)
  const original = checkOut(project, locks, context)
  const rewritten = checkOut(project, locks, context)
  const report = JSON.parse(await runDockerfix(rewritten, '--write', '--format', 'json'))
  const transforms = project.transforms ?? ['split-manifests', 'write-dockerignore']
  expect(transformsIn(report)).toEqual(expect.arrayContaining([...transforms]))
  expect(readFileSync(join(rewritten, 'Dockerfile'), 'utf8')).not.toBe(
    readFileSync(join(original, 'Dockerfile'), 'utf8'),
  )

  // `COPY . .` takes along what dockerfix itself has written; the history is what its ignore file leaves out.
  const allowed = {
    noise,
    caches,
    changed: [`${copiedTo}/Dockerfile`, `${copiedTo}/.dockerignore`],
    hidden: [`${copiedTo}/.git`],
  }
  // The last stage of several takes its files from the others, which need not be built anew for it.
  const targets = project.targets ?? []
  for (const target of [...targets, undefined]) {
    const noCache = target !== undefined || targets.length === 0
    const options: BuildOptions = { args, noCache, ...(target === undefined ? {} : { target }) }
    const before = await buildImage(original, options)
    const after = await buildImage(rewritten, options)
    expect(compareImages(before, after, allowed).join('\n')).toBe('')
  }

  // Nothing that an earlier run has built may be taken for what this one did.
  const fresh = randomBytes(6).toString('hex')
  for (const dir of [original, rewritten]) appendFileSync(join(dir, source), commentFor(project, fresh))
  await expectInstalls(project, args, original, rewritten)
  if (project.stamp !== undefined) {
    await expectInstalls(project, { ...args, [project.stamp]: fresh }, original, rewritten)
  }
}

const SLASHES = new Set(
  '.c .cpp .cs .go .gradle .java .js .kt .kts .php .rs .sbt .scala .swift .ts .zig'.split(' '),
)

/** A line that changes a source file and nothing else. */
function commentFor({ comment, source }: NamedProject, text: string): string {
  return `\n${comment ?? (SLASHES.has(extname(source)) ? '//' : '#')} ${text}\n`
}

/** After a change the install is CACHED in the rewritten Dockerfile, and in the original it re-runs. */
async function expectInstalls(
  { install }: NamedProject,
  args: NonNullable<BuildOptions['args']>,
  original: string,
  rewritten: string,
): Promise<void> {
  const isCached = async (dir: string): Promise<readonly boolean[]> =>
    (await buildPlain(dir, { args }))
      .filter(({ text }) => install.test(text.replace(/^RUN (--\S+ )*/, '')))
      .map(({ cached }) => cached)
  expect(await isCached(rewritten)).toEqual([true])
  expect(await isCached(original)).not.toContain(true)
}

function transformsIn(report: {
  readonly dockerfiles: readonly { readonly rewrites: readonly { readonly transform: string }[] }[]
}): readonly string[] {
  return report.dockerfiles.flatMap(({ rewrites }) => rewrites.map(({ transform }) => transform))
}
