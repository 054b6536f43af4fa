import { createHash } from 'node:crypto'
import { lstatSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, type TestContext } from 'vitest'
import { isDockerfileError } from '../../src/dockerfile/is-dockerfile-error.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import type { Dockerfile, Instruction } from '../../src/dockerfile/types.ts'
import { makeContextDirectory } from './directory.ts'
import { buildTar, docker } from './docker.ts'
import {
  checkOut,
  isMissing,
  listProjects,
  makeLocks,
  runDockerfix,
  trackedFiles,
  type NamedProject,
} from './project.ts'
import { openedFiles } from './trace.ts'

const projects = (await listProjects()).filter(({ transforms = ['split-manifests'] }) =>
  transforms.includes('split-manifests'),
)

/**
 * What an install reads is measured: with all sources there, the real manager is traced, and each context file that it
 * opens has to be in the image of the rewritten Dockerfile just before the install, as it is in the context.
 */
describe.concurrent('the rewrite copies every file that the install opens', () => {
  for (const project of projects) {
    it.skipIf(isMissing(project))(project.title, (context) => checkReads(project, context))
  }
})

async function checkReads(project: NamedProject, context: TestContext): Promise<void> {
  const { copiedTo, install, build = install, source } = project
  const locks = await makeLocks(project, context)
  const original = checkOut(project, locks, context)
  const rewritten = checkOut(project, locks, context)
  await runDockerfix(rewritten, '--write', '--quiet')

  const after = read(rewritten)
  const before = read(original)
  const step = findRun(after, install)
  const place = before.instructions.find((run) => isRun(run, install)) ?? findRun(before, build)
  const opened = await trace(project, original, before.text.slice(0, place.range.start), step, context)
  writeFileSync(join(rewritten, 'Dockerfile'), after.text.slice(0, step.range.start))
  const image = await buildTar(rewritten, { args: project.args ?? {} })

  const files = trackedFiles(original).filter((path) => lstatSync(join(original, path)).isFile())
  const reads = files.filter((path) => opened.has(join(copiedTo, path)))
  const lacking = reads.filter(
    (path) => image.get(join(copiedTo, path))?.sha256 !== hash(readFileSync(join(original, path))),
  )
  expect(reads).not.toEqual([])
  expect(lacking).toEqual([])
  // A split that copies all would name every file, too.
  expect(image.get(join(copiedTo, source))?.sha256).not.toBe(hash(readFileSync(join(original, source))))
}

/** The paths that the step's script opens when it runs behind these lines, in the context of all files. */
async function trace(
  project: NamedProject,
  dir: string,
  lines: string,
  step: Instruction,
  context: TestContext,
): Promise<ReadonlySet<string>> {
  const out = makeContextDirectory(context)
  const script = Buffer.from(step.rest.text).toString('base64')
  const flags = step.flags.map(({ text }) => `${text} `).join('')
  const stage = lines.lastIndexOf('\nFROM ')
  const text = [
    lines.slice(0, stage + 1) + nameStage(lines.slice(stage + 1)),
    `RUN ${flags}mkdir -p /tmp/trace && echo ${script} | base64 -d >/tmp/trace/script && \\`,
    `  strace -f -y -s 4096 -e trace=open,openat,openat2,execve -o /tmp/trace/log sh -c "$(cat /tmp/trace/script)"`,
    'FROM scratch',
    'COPY --from=traced-install /tmp/trace/log /log',
  ]
  const traced = makeContextDirectory(context, { Dockerfile: `${text.join('\n')}\n` })
  await docker([
    ...['build', '--network', 'host', '--quiet', '--file', join(traced, 'Dockerfile')],
    ...Object.entries(project.args ?? {}).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    ...['--output', `type=local,dest=${out}`, dir],
  ])
  return openedFiles(readFileSync(join(out, 'log'), 'utf8'))
}

/** The stage of the install under a name of ours; its own may be missing. */
function nameStage(lines: string): string {
  return lines.replace(/^(FROM .*?)(?:\s+AS\s+\S+)?$/im, '$1 AS traced-install')
}

function read(dir: string): Dockerfile {
  const dockerfile = parseDockerfile(readFileSync(join(dir, 'Dockerfile'), 'utf8'))
  if (isDockerfileError(dockerfile)) throw new Error(`${dir}/Dockerfile: ${dockerfile.message}`)
  return dockerfile
}

function findRun({ instructions }: Dockerfile, script: RegExp): Instruction {
  const found = instructions.find((run) => isRun(run, script))
  if (found === undefined) throw new Error(`no RUN has a script like ${script}`)
  return found
}

function isRun({ keyword, rest }: Instruction, script: RegExp): boolean {
  return keyword === 'RUN' && script.test(rest.text)
}

function hash(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
