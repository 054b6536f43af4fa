import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { appendFileSync, cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it, type TestContext } from 'vitest'
import { addFiles, git } from '../context/temporary-directory.ts'
import { compareImages, type NoiseName } from './compare-images.ts'
import { makeContextDirectory } from './directory.ts'
import { buildImage, buildPlain, docker, type BuildOptions } from './docker.ts'

interface Project {
  /** The folder in `projects/`. */
  readonly name: string
  /** Where the Dockerfile copies the whole context to. */
  readonly copiedTo: string
  readonly noise: readonly NoiseName[]
  /** Base image that not every machine can make. */
  readonly image?: string
  /** The transforms that must have had their say. */
  readonly transforms: readonly string[]
  /** The step that the rewrite keeps in the cache. */
  readonly install: RegExp
  /** A file that people edit. */
  readonly source: string
  /** Stages besides the last, whose image must stay too. */
  readonly targets?: readonly string[]
  readonly args?: Readonly<Record<string, string>>
  /** An argument of `args` that changes with every build, and that the install must not re-run for. */
  readonly stamp?: string
  /** Makes the lockfile with the real tool: it would hold the name of a registry. */
  readonly lock?: { readonly file: string; readonly command: string }
}

const SPLIT = ['split-manifests', 'write-dockerignore']

const projects: readonly Project[] = [
  {
    name: 'npm-single',
    transforms: SPLIT,
    install: /^RUN npm ci/,
    source: 'server.js',
    copiedTo: '/app',
    noise: ['npm'],
  },
  {
    name: 'npm-build',
    transforms: SPLIT,
    install: /^RUN npm ci/,
    source: 'src/index.js',
    targets: ['build'],
    copiedTo: '/usr/src/app',
    noise: ['npm'],
  },
  {
    name: 'npm-workspaces',
    transforms: SPLIT,
    install: /^RUN npm ci/,
    source: 'packages/app/index.js',
    copiedTo: '/repo',
    noise: ['npm'],
  },
  {
    name: 'pnpm-workspace',
    transforms: SPLIT,
    install: /^RUN pnpm install/,
    source: 'libs/lib/index.js',
    copiedTo: '/repo',
    noise: ['pnpm'],
  },
  {
    name: 'yarn-classic',
    transforms: SPLIT,
    install: /^RUN yarn install/,
    source: 'index.js',
    copiedTo: '/app',
    noise: ['yarn'],
    lock: { file: 'yarn.lock', command: 'yarn install --ignore-scripts' },
  },
  {
    name: 'pip-requirements',
    transforms: SPLIT,
    install: /^RUN pip install/,
    source: 'main.py',
    copiedTo: '/code',
    noise: ['python'],
  },
  {
    name: 'go-module',
    image: 'golang',
    transforms: SPLIT,
    install: /^RUN go mod download/,
    source: 'cmd/app/main.go',
    targets: ['build'],
    copiedTo: '/src',
    noise: ['go'],
  },
  {
    name: 'apt-and-stamp',
    transforms: ['reorder-steps', 'write-dockerignore'],
    install: /^RUN apt-get update/,
    source: 'tool.sh',
    args: { GIT_SHA: 'abc' },
    stamp: 'GIT_SHA',
    copiedTo: '/opt/tool',
    noise: ['apt'],
  },
]

const missing = process.env['DOCKERFIX_E2E_MISSING']?.split(' ') ?? []

describe.concurrent('a rewrite builds the same image, and its install stays cached', () => {
  for (const project of projects) {
    const isMissing = project.image !== undefined && missing.includes(project.image)
    it.skipIf(isMissing)(project.name, (context) => checkProject(project, context))
  }
})

async function checkProject(project: Project, context: TestContext): Promise<void> {
  const { name, args = {}, source } = project
  const lock = project.lock === undefined ? {} : await makeLock(name, project.lock, context)
  const original = makeProject(name, lock, context)
  const rewritten = makeProject(name, lock, context)
  const report = JSON.parse(await runDockerfix(rewritten, '--write', '--format', 'json'))
  expect(transformsIn(report)).toEqual(expect.arrayContaining([...project.transforms]))
  expect(readFileSync(join(rewritten, 'Dockerfile'), 'utf8')).not.toBe(
    readFileSync(join(original, 'Dockerfile'), 'utf8'),
  )

  // `COPY . .` takes along what dockerfix itself has written; the history is what its ignore file leaves out.
  const allowed = {
    noise: project.noise,
    changed: [`${project.copiedTo}/Dockerfile`, `${project.copiedTo}/.dockerignore`],
    hidden: [`${project.copiedTo}/.git`],
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
  const line = /\.(js|go)$/.test(source) ? `\n// ${fresh}\n` : `\n# ${fresh}\n`
  for (const dir of [original, rewritten]) appendFileSync(join(dir, source), line)
  await expectInstalls(project, args, original, rewritten)
  if (project.stamp !== undefined) {
    await expectInstalls(project, { ...args, [project.stamp]: fresh }, original, rewritten)
  }
}

/** After a change the install is CACHED in the rewritten Dockerfile, and in the original it re-runs. */
async function expectInstalls(
  { install }: Project,
  args: NonNullable<BuildOptions['args']>,
  original: string,
  rewritten: string,
): Promise<void> {
  const isCached = async (dir: string): Promise<readonly boolean[]> =>
    (await buildPlain(dir, { args })).filter(({ text }) => install.test(text)).map(({ cached }) => cached)
  expect(await isCached(rewritten)).toEqual([true])
  expect(await isCached(original)).not.toContain(true)
}

/** A clean checkout of the project. */
function makeProject(name: string, extra: Readonly<Record<string, string>>, context: TestContext): string {
  const dir = makeContextDirectory(context)
  cpSync(fileURLToPath(new URL(`projects/${name}`, import.meta.url)), dir, { recursive: true })
  addFiles(dir, extra)
  git(dir, 'init', '-q')
  git(dir, 'add', '-A')
  git(dir, '-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '-q', '-m', 'all')
  return dir
}

async function makeLock(
  name: string,
  { file, command }: NonNullable<Project['lock']>,
  context: TestContext,
): Promise<Readonly<Record<string, string>>> {
  const dir = makeProject(name, {}, context)
  const out = makeContextDirectory(context)
  const lines = [
    'FROM node:20-slim AS lock',
    'WORKDIR /w',
    'COPY . .',
    `RUN ${command}`,
    'FROM scratch',
    `COPY --from=lock /w/${file} /`,
  ]
  addFiles(dir, { Dockerfile: `${lines.join('\n')}\n` })
  await docker(['build', '--network', 'host', '--quiet', '--output', `type=local,dest=${out}`, dir])
  return { [file]: readFileSync(join(out, file), 'utf8') }
}

/** Runs the built program as a user would, and gives what it prints. */
async function runDockerfix(cwd: string, ...args: readonly string[]): Promise<string> {
  const program = fileURLToPath(new URL('../../dist/src/cli.js', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], { cwd })
  return stdout
}

function transformsIn(report: {
  readonly dockerfiles: readonly { readonly rewrites: readonly { readonly transform: string }[] }[]
}): readonly string[] {
  return report.dockerfiles.flatMap(({ rewrites }) => rewrites.map(({ transform }) => transform))
}
