import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { createMemoryTree } from '../../src/context/memory-tree.ts'
import { isDockerfileError } from '../../src/dockerfile/is-dockerfile-error.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import { resolveEffect } from '../../src/effects/index.ts'
import { buildModel } from '../../src/model/build.ts'
import type { Resolve } from '../../src/model/types.ts'

// What the model says that a script runs is held against what a real shell runs.

const directory = realpathSync(mkdtempSync(join(tmpdir(), 'dockerfix-shell-')))
const app = join(directory, 'app')
const log = join(directory, 'log')
mkdirSync(join(directory, 'bin'))
writeFileSync(join(directory, 'bin/go'), `#!/bin/sh\necho "$PWD $*" >> ${log}\n`)
chmodSync(join(directory, 'bin/go'), 0o755)
afterAll(() => rmSync(directory, { recursive: true }))

const tree = createMemoryTree({ 'a.lock': '', 'ci/a': '', 'ci/deep/': '', 'server/b': '' })
const resolve: Resolve = (command, files) =>
  command.name === 'go'
    ? { known: true, role: 'install', writes: [], env: [] }
    : resolveEffect(command, files)

function makeProject(): void {
  rmSync(app, { recursive: true, force: true })
  for (const folder of ['ci/deep', 'server']) mkdirSync(join(app, folder), { recursive: true })
  for (const file of ['a.lock', 'ci/a', 'server/b']) writeFileSync(join(app, file), '')
}

/** The calls of `go` that a shell makes; `undefined` when the script fails, which ends a build. */
function callsOfShell(script: string): readonly string[] | undefined {
  rmSync(log, { force: true })
  makeProject()
  const env = { PATH: `${join(directory, 'bin')}:${process.env['PATH'] ?? ''}`, HOME: '/root' }
  try {
    execFileSync('bash', ['-ec', script], { cwd: app, env, stdio: 'ignore' })
  } catch {
    return undefined
  }
  const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []
  return lines.map((line) => line.replace(app, '/app').trim())
}

/** The calls of `go` that the model knows of; `undefined` when it does not claim to know. */
function callsOfModel(script: string): readonly string[] | undefined {
  const dockerfile = parseDockerfile(
    `FROM base\nSHELL ["bash", "-ec"]\nWORKDIR /app\nCOPY . .\nRUN ${script}\n`,
  )
  if (isDockerfileError(dockerfile)) throw new Error(dockerfile.message)
  const atoms = buildModel(dockerfile, tree, { resolve }).stages[0]?.steps.at(-1)?.atoms ?? []
  const isKnown = atoms.every(
    ({ unit, effects }) =>
      unit.certain &&
      effects.every((effect) => effect.known) &&
      unit.commands.every((command) => command?.args.includes(undefined) === false),
  )
  if (!isKnown) return undefined
  return atoms.flatMap(({ unit }) =>
    unit.commands.flatMap((command) =>
      command?.name === 'go' ? [[command.cwd, ...command.args].join(' ')] : [],
    ),
  )
}

const condition = fc.constantFrom(
  '[ -f a.lock ]',
  '[ -f b.lock ]',
  '[ ! -d ci ]',
  '! [ -e server ]',
  'test -d ci/deep',
  '[[ -f ci/a ]]',
  '[[ ! -f ci/z ]]',
  'true',
  'false',
  '[ "$X" = one ]',
  '[ -n "$X" ]',
  '[ -z "$X" ]',
  '[ -f new ]',
  '[ -d new/deep ]',
)
const simple = fc.constantFrom(
  'go one',
  'go two',
  'go $X',
  'cd ci',
  'cd ../server',
  'cd -- deep',
  'cd /app',
  'X=one',
  'X=two',
  'pushd ci',
  'popd',
  'f() { go f; cd server; }',
  'f',
  'sh -c "go inner"',
  'export Y=1',
  'eval "go eval; cd server"',
  'touch new',
  'rm -rf ci',
  'cp -r ci new',
  'mv a.lock b.lock',
)
const { statement } = fc.letrec<{ statement: string }>((tie) => ({
  statement: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    simple,
    fc.tuple(condition, tie('statement')).map(([test, then]) => `if ${test}; then ${then}; fi`),
    fc
      .tuple(condition, tie('statement'), condition, tie('statement'), tie('statement'))
      .map(([a, b, c, d, e]) => `if ${a}; then ${b}; elif ${c}; then ${d}; else ${e}; fi`),
    fc.tuple(condition, tie('statement')).map(([test, then]) => `${test} && ${then}`),
    fc.tuple(condition, tie('statement')).map(([test, then]) => `${test} || ${then}`),
    fc.tuple(condition, simple, simple).map(([test, a, b]) => `{ ${test} && ${a} || ${b}; }`),
    fc.tuple(tie('statement'), tie('statement')).map(([a, b]) => `(${a}; ${b})`),
    fc.tuple(tie('statement'), tie('statement')).map(([a, b]) => `{ ${a}; ${b}; }`),
    tie('statement').map((body) => `for X in one two; do ${body}; done`),
  ),
}))

it('runs what a shell runs', { timeout: 120_000 }, () => {
  let known = 0
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 4 }), (statements) => {
      // A script may end with a condition that does not hold.
      const script = [...statements, 'true'].join('; ')
      // Another directory than `/app` is entered by a shell here.
      const found = callsOfModel(script)
      const real = found && callsOfShell(script.replaceAll('cd /app', `cd ${app}`))
      if (real === undefined) return
      known++
      expect(found, script).toEqual(real)
    }),
    {
      numRuns: 400,
      // Found by longer runs.
      examples: [
        [['rm -rf ci', 'test -d ci/deep && go one']],
        [['{ rm -rf ci; test -d ci/deep && (go one; go two); }']],
      ],
    },
  )
  expect(known).toBeGreaterThan(50)
})
