import fc from 'fast-check'
import { expect, test } from 'vitest'
import { npm } from '../../src/ecosystems/npm/index.ts'
import { pnpm } from '../../src/ecosystems/pnpm/index.ts'
import { yarn } from '../../src/ecosystems/yarn/index.ts'
import { fakeCommand, fakeFiles } from './fake-files.ts'

const FIELDS = [
  'name version scripts dependencies devDependencies optionalDependencies workspaces bin directories prisma msw pnpm',
  'overrides resolutions packageManager dependenciesMeta packages importers lockfileVersion catalog catalogs',
]
  .join(' ')
  .split(' ')

const WORDS = [
  '**',
  '../..',
  'file:',
  'link:.',
  'patch:x#',
  'workspace:*',
  '$(x)',
  'npm run x',
  '',
  '!',
  '{a,b}',
  '__proto__',
]

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...WORDS),
    fc.jsonValue({ maxDepth: 1 }),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...FIELDS, ...WORDS), tie('any'), { maxKeys: 5 }),
  ),
})).any

const text = fc.oneof(
  fc.dictionary(fc.constantFrom(...FIELDS), value).map((json) => JSON.stringify(json)),
  fc.string(),
  fc.constantFrom(
    '__metadata:\n',
    'a: *b',
    '<<: [',
    '# yarn lockfile v1\n',
    'a: &a [*a, *a]',
    '\uFEFF{}',
    '- a',
  ),
)

const PATHS = [
  'package.json package-lock.json yarn.lock pnpm-lock.yaml pnpm-workspace.yaml .npmrc .yarnrc .yarnrc.yml .pnpmfile.cjs',
  'prisma/schema.prisma prisma.config.ts a/package.json a/b/package.json package.yaml npm-shrinkwrap.json',
]
  .join(' ')
  .split(' ')
  .flatMap((name) => [`/app/${name}`, `/${name}`])

const COMMANDS = [
  'npm ci',
  'npm i',
  'yarn',
  'yarn --immutable',
  'pnpm i',
  'pnpm ci',
  'pnpm fetch',
  'corepack prepare',
]

test('no input makes a resolver throw or change its mind', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...PATHS), text, { noNullPrototype: true }),
      fc.constantFrom(...COMMANDS),
      fc.constantFrom('/app', '/app/a', '/'),
      (texts, command, cwd) => {
        for (const ecosystem of [npm, yarn, pnpm]) {
          const [first, second] = [fakeFiles(texts), fakeFiles(texts)]
          const effect = ecosystem.resolve(fakeCommand(command, { cwd }), first.files)
          expect(ecosystem.resolve(fakeCommand(command, { cwd }), second.files)).toEqual(effect)
          expect(second.looks()).toEqual(first.looks())
          if (effect?.known === true) for (const tree of first.looks().trees) expect(tree).not.toBe('/')
        }
      },
    ),
    { numRuns: 400 },
  )
})

test('directories of sources that are only named are not missed', () => {
  const texts = {
    '/app/package.json': '{"dependencies":{"src":"link:./src"}}',
    '/app/pnpm-lock.yaml': "lockfileVersion: '9.0'\nimporters:\n  .: {}\n",
  }
  const command = fakeCommand('pnpm i --frozen-lockfile', { env: { NODE_PATH: './src:/app/src' } })
  const [whole, part] = [fakeFiles({ ...texts, '/app/src/index.js': '' }), fakeFiles(texts)]
  expect(pnpm.resolve(command, whole.files)).toMatchObject({ known: true })
  pnpm.resolve(command, part.files)
  expect(part.looks()).toEqual(whole.looks())
})

test('what was recorded is enough: without the other files, the answer is the same', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...PATHS), text, { noNullPrototype: true }),
      fc.constantFrom(...COMMANDS),
      (texts, command) => {
        for (const ecosystem of [npm, yarn, pnpm]) {
          const whole = fakeFiles({ ...texts, '/app/src/index.js': '', '/app/a/src/index.js': '' })
          const effect = ecosystem.resolve(fakeCommand(command), whole.files)
          if (effect?.known !== true) continue
          const { paths, trees } = whole.looks()
          const kept = Object.entries(texts).filter(
            ([path]) => paths.includes(path) || trees.some((tree) => path.startsWith(`${tree}/`)),
          )
          const part = fakeFiles(Object.fromEntries(kept))
          expect(ecosystem.resolve(fakeCommand(command), part.files)).toEqual(effect)
          expect(part.looks()).toEqual(whole.looks())
        }
      },
    ),
    { numRuns: 400 },
  )
})
