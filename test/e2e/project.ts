import { cpSync, readFileSync, readdirSync } from 'node:fs'
import { execFile, execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestContext } from 'vitest'
import { addFiles, git } from '../context/temporary-directory.ts'
import { makeContextDirectory } from './directory.ts'
import { docker } from './docker.ts'

/** A small repository whose Dockerfile copies everything before it installs, as people write it. */
export interface Project {
  /** The folder beside the table that holds it. */
  readonly name: string
  /** Base images that not every machine can make, by the names in `setup/images`. */
  readonly images?: readonly string[]
  /** Where the Dockerfile copies the whole context to. */
  readonly copiedTo: string
  /** Paths that differ between two builds of one and the same Dockerfile. */
  readonly noise: readonly RegExp[]
  /** Paths below which a fetch step may leave more than the original had: the caches of a note. */
  readonly caches?: readonly string[]
  /** The transforms that must have had their say; `split-manifests` and `write-dockerignore` unless told. */
  readonly transforms?: readonly string[]
  /** The script of the RUN that the rewrite keeps in the cache. */
  readonly install: RegExp
  /** The script of the original's RUN that a fetch was added for, when the original has no such install. */
  readonly build?: RegExp
  /** A file that people edit; a comment is appended to it. */
  readonly source: string
  /** How `source` begins a comment; told by its extension for common languages. */
  readonly comment?: string
  /** Stages besides the last, whose image must stay too. */
  readonly targets?: readonly string[]
  readonly args?: Readonly<Record<string, string>>
  /** An argument of `args` that changes with every build, and that the install must not re-run for. */
  readonly stamp?: string
  /** Makes lockfiles with the real tool, where a written one would hold the name of a registry. */
  readonly lock?: {
    readonly files: readonly string[]
    readonly command: string
    /** `node:20-slim` unless told. */
    readonly image?: string
  }
}

/** A project with the manager whose folder it stands in. */
export interface NamedProject extends Project {
  readonly directory: string
  readonly title: string
}

const root = fileURLToPath(new URL('projects', import.meta.url))

/** Every project of every manager: each folder's `index.ts` exports its table as `projects`. */
export async function listProjects(): Promise<readonly NamedProject[]> {
  const managers = readdirSync(root).sort()
  const tables = await Promise.all(
    managers.map(async (manager) => {
      const { projects } = (await import(`./projects/${manager}/index.ts`)) as {
        readonly projects: readonly Project[]
      }
      return projects.map((project) => ({
        ...project,
        directory: join(root, manager, project.name),
        title: `${manager}/${project.name}`,
      }))
    }),
  )
  return tables.flat()
}

/** The images that this machine could not make; `run.sh` says why. */
export function isMissing({ images = [] }: Project): boolean {
  const missing = process.env['DOCKERFIX_E2E_MISSING']?.split(' ') ?? []
  return images.some((image) => missing.includes(image))
}

/** The lockfiles that the real tool makes of the project. */
export async function makeLocks(
  project: NamedProject,
  context: TestContext,
): Promise<Readonly<Record<string, string>>> {
  if (project.lock === undefined) return {}
  const { files, command, image = 'node:20-slim' } = project.lock
  const dir = checkOut(project, {}, context)
  const out = makeContextDirectory(context)
  const lines = [
    `FROM ${image} AS lock`,
    'WORKDIR /w',
    'COPY . .',
    `RUN ${command}`,
    'FROM scratch',
    ...files.map((file) => `COPY --from=lock /w/${file} /${file}`),
  ]
  addFiles(dir, { Dockerfile: `${lines.join('\n')}\n`, '.dockerignore': 'Dockerfile\n' })
  await docker(['build', '--network', 'host', '--quiet', '--output', `type=local,dest=${out}`, dir])
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(out, file), 'utf8')]))
}

/** A clean checkout of the project, with these files besides its own. */
export function checkOut(
  { directory }: NamedProject,
  extra: Readonly<Record<string, string>>,
  context: TestContext,
): string {
  const dir = makeContextDirectory(context)
  cpSync(directory, dir, { recursive: true })
  addFiles(dir, extra)
  git(dir, 'init', '-q')
  git(dir, 'add', '-A', '--force')
  git(dir, '-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '-q', '-m', 'all')
  return dir
}

/** Paths below the directory, in git's order. */
export function trackedFiles(dir: string): readonly string[] {
  const list = execFileSync('git', ['-C', dir, 'ls-files', '-z'], { encoding: 'utf8' })
  return list.split('\0').filter((path) => path !== '')
}

/** Runs the built program as a user would, and gives what it prints. */
export async function runDockerfix(cwd: string, ...args: readonly string[]): Promise<string> {
  const program = fileURLToPath(new URL('../../dist/src/cli.js', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], { cwd })
  return stdout
}
