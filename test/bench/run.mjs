// Measures dockerfix against simple things that run on the same machine at the same time; prints ratios, asserts nothing.
// node test/bench/run.mjs [--json] [--only startup,one,many,shared,large] [--quick] [--root DIR]
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { layouts } from './layouts.mjs'
import { writeLargeContext, writeProjects, writeSharedContext } from './trees.mjs'

const { values: flags } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    root: { type: 'string', default: resolve(import.meta.dirname, '../..') },
  },
})
const dist = join(resolve(flags.root), 'dist/src')
if (!existsSync(join(dist, 'cli.js'))) {
  process.stderr.write(`error: ${dist} is not built: run \`npm run build\` first\n`)
  process.exit(2)
}

const COUNTS = flags.quick ? [50, 100, 200] : [200, 500, 1000, 2000]
const SHARED = flags.quick ? [25, 50, 100] : [100, 200, 400, 800]
const LARGE = flags.quick ? [0, 5_000, 20_000] : [0, 50_000, 200_000]
const groups = { startup, one, many, shared, large }
const wanted = flags.only?.split(',') ?? Object.keys(groups)

const directories = []
let child
process.on('exit', () => {
  child?.kill()
  directories.forEach((directory) => rmSync(directory, { recursive: true, force: true }))
})
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130))

const rows = []
for (const name of wanted) {
  if (groups[name] === undefined) throw new Error(`no such group: ${name}`)
  process.stderr.write(`${name} ...\n`)
  rows.push(...(await groups[name]()))
}
const header = { node: process.version, cpus: cpus().length, cpu: cpus()[0]?.model ?? '', quick: flags.quick }
process.stdout.write(flags.json ? `${JSON.stringify({ ...header, rows }, null, 2)}\n` : toTable(header, rows))

/** They take turns, so that a busy moment of the machine falls on both. */
async function startup() {
  const bare = []
  const version = []
  const whole = []
  const root = makeDirectory()
  writeProjects(root, 1)
  for (let round = 0; round < 15; round++) {
    bare.push(await spawnTime(['-e', '0']))
    version.push(await spawnTime([join(dist, 'cli.js'), '--version']))
    whole.push(await spawnTime([join(dist, 'cli.js'), root]))
  }
  const [bareMedian, versionMedian] = [median(bare), median(version)]
  const ratio = (value, base) => `${(value / base).toFixed(2)}x`
  return [
    toRow(
      'startup',
      '--version / node -e 0, median of 15',
      ratio(versionMedian, bareMedian),
      `${ms(versionMedian)} / ${ms(bareMedian)}`,
      'at most 2x',
    ),
    toRow(
      'startup',
      '--version / node -e 0, minimum of 15',
      ratio(Math.min(...version), Math.min(...bare)),
      `${ms(Math.min(...version))} / ${ms(Math.min(...bare))}`,
      '',
    ),
    toRow(
      'startup',
      'one small Dockerfile / node -e 0, median of 15',
      ratio(median(whole), bareMedian),
      `${ms(median(whole))} / ${ms(bareMedian)}`,
      'a whole run of the command',
    ),
  ]
}

/** One Dockerfile through everything, warm, with the context opened before. */
async function one() {
  const { fixDockerfile } = await load('pipeline.js')
  const { parseDockerfile } = await load('dockerfile/scan.js')
  const { DockerfileParser } = await import('dockerfile-ast')
  const result = []
  for (const layout of ['npm', 'multi-stage', 'already-split']) {
    const files = layouts[layout](0)
    const text = files.Dockerfile
    const ignoreFile = {
      path: '.dockerignore',
      ...(files['.dockerignore'] && { text: files['.dockerignore'] }),
    }
    const fixIt = () =>
      fixDockerfile({
        path: 'Dockerfile',
        text,
        context: memoryContext(files),
        ignoreFile,
        siblings: [],
        risk: 'notes',
      })
    const [fixing, scanning, parsing] = alternate([
      fixIt,
      () => parseDockerfile(text),
      () => DockerfileParser.parse(text),
    ])
    result.push(
      toRow(
        'one',
        `fixDockerfile / parseDockerfile, ${layout}`,
        `${(fixing / scanning).toFixed(0)}x`,
        `${ms(fixing)} / ${ms(scanning)}`,
        '',
      ),
      toRow(
        'one',
        `fixDockerfile / dockerfile-ast, ${layout}`,
        `${(fixing / parsing).toFixed(0)}x`,
        `${ms(fixing)} / ${ms(parsing)}`,
        '',
      ),
    )
  }
  return result
}

function many() {
  return growth('many', 'Dockerfiles, a context each', COUNTS, writeProjects)
}

function shared() {
  return growth('shared', 'Dockerfiles of one context', SHARED, writeSharedContext, { context: '.' })
}

async function growth(group, what, counts, write, options = {}) {
  let first
  const result = []
  for (const count of counts) {
    const run = await inRepository((root) => write(root, count), options)
    const { seconds, cpuSeconds, peakMegabytes, dockerfiles, rewritten, refused } = run
    const each = cpuSeconds / dockerfiles
    first ??= each
    result.push(
      toRow(
        group,
        `${dockerfiles} ${what}`,
        `${(each / first).toFixed(2)}x`,
        `${seconds.toFixed(2)} s, CPU ${cpuSeconds.toFixed(2)} s, ${ms(each)} each, peak ${peakMegabytes.toFixed(0)} MB`,
        `CPU time of each / the first row's; ${rewritten} change, ${refused} refused`,
      ),
    )
  }
  return result
}

async function large() {
  const result = []
  for (const layout of ['npm', 'go']) {
    let small
    for (const count of LARGE) {
      const run = await inRepository((root) => writeLargeContext(root, layout, count), {
        paths: ['Dockerfile'],
      })
      const { seconds, cpuSeconds, listingSeconds, peakMegabytes, rewritten } = run
      small ??= cpuSeconds
      result.push(
        toRow(
          'large',
          `${layout} in a context of ${count} more files`,
          `${((cpuSeconds - small) / listingSeconds).toFixed(1)}x`,
          `${ms(seconds)}, CPU ${ms(cpuSeconds)}, git ls-files ${ms(listingSeconds)}, peak ${peakMegabytes.toFixed(0)} MB`,
          `CPU time that the files cost, git's not counted / git ls-files; ${rewritten} change`,
        ),
      )
    }
  }
  return result
}

async function inRepository(write, options) {
  const root = makeDirectory()
  write(root)
  const script = join(import.meta.dirname, 'dry-run.mjs')
  const runs = []
  for (let n = 0; n < 2; n++) {
    runs.push(
      JSON.parse(
        await node([script, pathToFileURL(join(dist, 'index.js')).href, root, JSON.stringify(options)]),
      ),
    )
  }
  rmSync(root, { recursive: true, force: true })
  const [best] = runs.sort((a, b) => a.cpuSeconds - b.cpuSeconds)
  if (best.problems.length > 0) throw new Error(JSON.stringify(best.problems.slice(0, 3)))
  return best
}

/** Removed at the end, however that comes. */
function makeDirectory() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'dockerfix-bench-')))
  directories.push(root)
  return root
}

/** A context in memory: no disk, so that the program's own work is what counts. */
function memoryContext(files) {
  const kinds = new Map([['', 'dir']])
  const lists = new Map([['', new Set()]])
  for (const path of Object.keys(files)) {
    const parts = path.split('/')
    parts.forEach((name, index) => {
      const dir = parts.slice(0, index).join('/')
      const at = parts.slice(0, index + 1).join('/')
      lists.set(dir, (lists.get(dir) ?? new Set()).add(name))
      kinds.set(at, index === parts.length - 1 ? 'file' : 'dir')
    })
  }
  const checkout = {
    kind: (path) => kinds.get(path),
    list: (dir) => [...(lists.get(dir) ?? [])].sort(),
    read: (path) => files[path],
    size: (path) => files[path]?.length ?? 0,
    executable: () => false,
  }
  return { root: '.', checkout, hasUntracked: () => false }
}

/** Seconds of CPU time per call of each action, the least of several batches in turn, warm. */
function alternate(actions) {
  for (const action of actions) for (let n = 0; n < 20; n++) action()
  const least = actions.map(() => Infinity)
  for (let batch = 0; batch < 7; batch++) {
    actions.forEach((action, index) => {
      const before = process.cpuUsage()
      const end = performance.now() + 200
      let calls = 0
      for (; performance.now() < end; calls++) action()
      const { user, system } = process.cpuUsage(before)
      least[index] = Math.min(least[index], (user + system) / 1e6 / calls)
    })
  }
  return least
}

async function spawnTime(args) {
  const started = process.hrtime.bigint()
  await node(args)
  return Number(process.hrtime.bigint() - started) / 1e9
}

/** What a node process prints. Not waited for in one piece, so that an interrupt is heard. */
async function node(args) {
  child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const chunks = []
  child.stdout.on('data', (chunk) => chunks.push(chunk))
  const [status] = await once(child, 'close')
  child = undefined
  if (status !== 0) throw new Error(`node ${args.join(' ')} has failed`)
  return Buffer.concat(chunks).toString()
}

function load(module) {
  return import(pathToFileURL(join(dist, module)).href)
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

function ms(seconds) {
  return `${(seconds * 1000).toPrecision(3)} ms`
}

function toRow(group, what, ratio, figures, note) {
  return { group, what, ratio, figures, note }
}

function toTable({ node, cpus: count, cpu }, table) {
  const head = { group: 'group', what: 'what', ratio: 'ratio', figures: 'figures', note: 'note' }
  const all = [head, ...table]
  const width = (key) => Math.max(...all.map((row) => row[key].length))
  const widths = Object.fromEntries(Object.keys(head).map((key) => [key, width(key)]))
  const line = (row) =>
    Object.keys(head)
      .map((key) => row[key].padEnd(widths[key]))
      .join('  ')
      .trimEnd()
  return `node ${node}, ${count} CPUs (${cpu})\n\n${all.map(line).join('\n')}\n`
}
