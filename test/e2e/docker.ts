import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { readTar, type TarEntry } from './tar.ts'

/** How an image is built, besides its directory. */
export interface BuildOptions {
  /** Relative to the directory. */
  readonly file?: string
  readonly target?: string
  readonly args?: Readonly<Record<string, string>>
  readonly noCache?: boolean
}

/** The files of an image, and what of its config a rewrite must keep. */
export interface Image {
  readonly files: ReadonlyMap<string, TarEntry>
  readonly config: Readonly<Record<string, unknown>>
}

/** A step as the builder reports it. FROM lines and the builder's own work are left out. */
export interface BuiltStep {
  /** The stage's name, `stage-N` for an unnamed one, `''` where there is but one. */
  readonly stage: string
  /** 0-based, within the stage. */
  readonly place: number
  readonly text: string
  readonly cached: boolean
}

/** What of an image's config a builder takes from the Dockerfile. */
const CONFIG = `
  Env Cmd Entrypoint WorkingDir User ExposedPorts Volumes Labels Shell OnBuild StopSignal Healthcheck
`
  .trim()
  .split(' ')

/** The image's files, read from the root tree that BuildKit exports; no image is stored. */
export async function buildTar(dir: string, options: BuildOptions = {}): Promise<Image['files']> {
  return withEngine(async () => {
    const child = start([...toArguments(options), '--quiet', '--output', 'type=tar,dest=-', dir])
    const [files] = await Promise.all([readTar(child.stdout), finish(child)])
    return files
  })
}

/** The image's files and its config. The files come first: with `noCache` they are what was built anew. */
export async function buildImage(dir: string, options: BuildOptions = {}): Promise<Image> {
  const files = await buildTar(dir, options)
  const id = (await docker([...toArguments({ ...options, noCache: false }), '--quiet', dir])).stdout.trim()
  const config = JSON.parse((await docker(['image', 'inspect', '--format', '{{json .Config}}', id])).stdout)
  await removeImage(id)
  return { files, config: Object.fromEntries(CONFIG.map((key) => [key, config[key] ?? undefined])) }
}

/** Builds, and says which steps were taken from the cache, in the order of the file within each stage. */
export async function buildPlain(dir: string, options: BuildOptions = {}): Promise<readonly BuiltStep[]> {
  const { stderr } = await docker([...toArguments(options), '--progress', 'plain', dir])
  const id = /writing image (sha256:[0-9a-f]{64})/.exec(stderr)?.[1]
  if (id !== undefined) await removeImage(id)
  return parseProgress(stderr)
}

/** The build cache stays. Another test may have built the same image, and removed it. */
async function removeImage(id: string): Promise<void> {
  await docker(['image', 'rm', '--force', id]).catch(() => undefined)
}

/** `#5 [stage 2/4] RUN ...` names a step; `#5 CACHED` or `#5 DONE 0.1s` ends it; the lines of steps interleave. */
function parseProgress(output: string): readonly BuiltStep[] {
  const names = new Map<string, { readonly stage: string; readonly index: number; readonly text: string }>()
  const cached = new Map<string, boolean>()
  for (const line of output.split('\n')) {
    const [, id = '', rest = ''] = /^#(\d+) (.*)$/.exec(line) ?? []
    // Numbers are padded where there are ten steps or more. Newer frontends mark a trigger by its keyword.
    const name = /^\[(?:([^\s/]+) +)? *(\d+)\/\d+\] (?:ONBUILD )?(.*)$/.exec(rest)
    if (name !== null && !names.has(id)) {
      names.set(id, { stage: name[1] ?? '', index: Number(name[2]), text: name[3] ?? '' })
    }
    if (rest === 'CACHED') cached.set(id, true)
    else if (/^DONE \d/.test(rest) && !cached.has(id)) cached.set(id, false)
  }
  const steps = [...names]
    .filter(([, { text }]) => !text.startsWith('FROM '))
    .sort(([, a], [, b]) => a.index - b.index)
  const places = new Map<string, number>()
  return steps.map(([id, { stage, text }]) => {
    const place = places.get(stage) ?? 0
    places.set(stage, place + 1)
    return { stage, place, text, cached: cached.get(id) ?? false }
  })
}

function toArguments({ file, target, args = {}, noCache = false }: BuildOptions): readonly string[] {
  return [
    'build',
    '--network',
    'host',
    ...(file === undefined ? [] : ['--file', file]),
    ...(target === undefined ? [] : ['--target', target]),
    ...Object.entries(args).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    ...(noCache ? ['--no-cache'] : []),
  ]
}

/** Runs the docker client; an exit code other than 0 is an error with what it printed. */
export async function docker(
  args: readonly string[],
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return withEngine(async () => {
    const child = start(args)
    const [stdout, stderr] = await Promise.all([collect(child.stdout), finish(child)])
    return { stdout, stderr }
  })
}

/**
 * Tries again with an engine started anew when it has died: the scheduler of BuildKit in Docker 20.10 panics ("failed to
 * get edge") once in some thousand builds that run at the same time.
 */
async function withEngine<T>(build: () => Promise<T>): Promise<T> {
  for (let tries = 2; ; tries--) {
    try {
      return await build()
    } catch (error) {
      if (tries === 0 || !(error instanceof Error) || !DIED.test(error.message)) throw error
      await promisify(execFile)('bash', [fileURLToPath(new URL('setup/engine.sh', import.meta.url))])
    }
  }
}

const DIED =
  /error during connect|connect to the docker daemon|connection refused|error reading from server: EOF/i

function start(args: readonly string[]) {
  const program = process.env['DOCKERFIX_E2E_DOCKER']
  if (program === undefined) throw new Error('there is no engine: run these tests by `npm run test:engine`')
  return spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
}

async function finish(child: ReturnType<typeof start>): Promise<string> {
  const [output, [code]] = await Promise.all([collect(child.stderr), once(child, 'close')])
  if (code !== 0) throw new Error(`${child.spawnargs.join(' ')}\n${output}`)
  return output
}

async function collect(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
