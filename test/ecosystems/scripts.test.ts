import { describe, expect, test } from 'vitest'
import { checkScripts } from '../../src/ecosystems/shared/lifecycle.ts'
import { isReason } from '../../src/ecosystems/shared/outcome.ts'
import { isSelfContained } from '../../src/ecosystems/shared/self-contained.ts'
import { parseLocalSpec } from '../../src/ecosystems/shared/local-spec.ts'
import { parseNpmrc, parseYarnrc } from '../../src/ecosystems/shared/config.ts'
import { splitScript } from '../../src/ecosystems/shared/split-script.ts'
import { fakeCommand, fakeFiles } from './fake-files.ts'

function check(script: string, files: Record<string, string> = {}, scripts: Record<string, string> = {}) {
  const fake = fakeFiles(files)
  const json = { scripts: { ...scripts, prepare: script } }
  const info = { dir: '/app', path: '/app/package.json', file: 'package.json', text: '', json }
  const scene = {
    files: fake.files,
    command: fakeCommand('npm ci'),
    root: '/app',
    members: new Set<string>(),
  }
  return { outcome: checkScripts(scene, info, ['prepare']), looks: fake.looks() }
}

describe('lifecycle scripts that read no sources', () => {
  test.each([
    '',
    'true',
    'exit 0',
    'echo done',
    'husky',
    'husky install',
    'husky install .config/husky',
    'husky || true',
    'is-ci || husky install',
    '[ -n "$CI" ] || husky install',
    'test -n "$CI" || husky',
    'npx husky install > /dev/null 2>&1 || exit 0',
    'cross-env CI=1 npx --yes only-allow pnpm',
    'npx only-allow@1.2.1 pnpm',
    'node -e "if (process.env.CI) process.exit(0)"',
    'patch-package && husky install',
    'yarn patch-package',
    'pnpm exec husky',
    './node_modules/.bin/husky install',
    'simple-git-hooks',
    'lefthook install',
    'git config core.hooksPath .githooks || true',
    'ngcc --properties es2015 browser module main',
    'electron-rebuild',
    'playwright install chromium',
    'cypress install',
    '[ -f .huskyrc ] && husky',
  ])('%s', (script) => {
    expect(isReason(check(script).outcome)).toBe(false)
  })

  test('of other scripts of the package, with what runs before and after', () => {
    const scripts = { hooks: 'husky', posthooks: 'true', patch: 'patch-package' }
    for (const script of [
      'npm run hooks',
      'yarn hooks',
      'pnpm run -s hooks',
      'run-s hooks patch',
      'npm-run-all hooks patch',
    ]) {
      expect(isReason(check(script, {}, scripts).outcome)).toBe(false)
      expect(check(script, {}, { ...scripts, posthooks: 'tsc' }).outcome).toMatchObject({
        script: 'posthooks',
      })
    }
  })
})

describe('lifecycle scripts that may read anything', () => {
  test.each([
    'tsc',
    'tsup src/index.ts',
    'vite build',
    'nuxt prepare',
    'svelte-kit sync',
    'ng build',
    'node scripts',
    'node --import ./x.js scripts/postinstall.js',
    'node -e "require(\'./x\')"',
    'cd client && npm i',
    'npm --prefix client install',
    'lerna bootstrap',
    'husky add .husky/pre-commit',
    'husky && tsc',
    'husky; tsc',
    'is-ci || tsc',
    'husky | tee log',
    'echo $(cat VERSION)',
    'echo hello > src/hello.txt',
    'echo `cat a`',
    'npm run missing',
    'npm run prepare',
    'npm run hooks -w client',
    'patch-package --patch-dir $DIR',
    'patch-package react',
    '[ -d src ] && husky',
    '[ -d $DIR ] && husky',
    'if [ -d x ]; then husky; fi',
    'playwright install --with-deps',
    'prisma migrate deploy',
    'NODE_OPTIONS="-r ./x.js" husky install && tsc',
    'git submodule update',
    'yarn build',
    'npx tsc',
    '"unclosed',
  ])('%s', (script) => {
    const { outcome } = check(script, { '/app/src/a.ts': '' }, { hooks: 'husky' })
    expect(outcome).toMatchObject({ code: 'lifecycle-script', file: 'package.json', command: script })
  })

  test('git hooks where there is a repository', () => {
    for (const script of ['lefthook install', 'git config core.hooksPath hooks']) {
      expect(isReason(check(script, { '/app/.git/HEAD': '' }).outcome)).toBe(true)
    }
  })
})

describe('shell scripts of the project', () => {
  const run = (script: string, text?: string) =>
    check(script, text === undefined ? {} : { '/app/bin/setup.sh': text }, { hooks: 'husky' })

  test.each([
    ['bash bin/setup.sh', 'if [ -d ./.git ]; then\n  git config core.hooksPath hooks\nfi\n'],
    ['sh -e ./bin/setup.sh', '# hooks\r\nset -e\r\nCI=1 npx husky || true\r\n'],
    ['./bin/setup.sh', '#!/usr/bin/env bash\n{ npm run hooks; } && (echo done >&2)\n'],
    ['true && bash bin/setup.sh', 'echo done > /dev/null\n'],
    ['bash bin/setup.sh', ''],
  ])('%s is read', (script, text) => {
    const { outcome, looks } = run(script, text)
    expect(outcome).toEqual([])
    expect(looks.found).toEqual(['/app/bin/setup.sh'])
  })

  test('one that is missing fails wherever the install stands', () => {
    const { outcome, looks } = run('bash bin/setup.sh')
    expect(outcome).toEqual([])
    expect(looks.paths).toContain('/app/bin/setup.sh')
  })

  test.each([
    ['bash bin/setup.sh', 'tsc\n'],
    ['bash bin/setup.sh', 'if [ "$CI" ]; then true; else tsc; fi\n'],
    ['bash bin/setup.sh', 'cd src && husky\n'],
    ['bash bin/setup.sh', '. ./lib.sh\n'],
    ['bash bin/setup.sh', 'bash bin/other.sh\n'],
    ['bash bin/setup.sh', 'echo done > src/done\n'],
    ['bash bin/setup.sh', 'echo $(cat VERSION)\n'],
    ['bash bin/setup.sh', 'for f in src/*; do echo $f; done\n'],
    ['bash bin/setup.sh', 'husky | tee log\n'],
    ['bash bin/setup.sh', 'husky &\n'],
    ['bash bin/setup.sh', 'PATH=./bin:$PATH husky\n'],
    ['bash bin/setup.sh', 'if [ -d x ]; then\n'],
    ['./bin/setup.sh', 'husky\n'],
    ['./bin/setup.sh', '#!/usr/bin/env node\nhusky\n'],
    ['bash -c bin/setup.sh', 'husky\n'],
    ['bash $DIR/setup.sh', 'husky\n'],
    ['bash bin/setup', 'husky\n'],
  ])('%s: %j is refused', (script, text) => {
    expect(run(script, text).outcome).toMatchObject({ code: 'lifecycle-script', command: script })
  })
})

describe('prisma', () => {
  const schema = (generator: string) => ({
    '/app/prisma/schema.prisma': `generator client {\n${generator}\n}\ndatasource db { provider = "postgresql" }`,
  })

  test('reads the schema and the environment file', () => {
    const files = { ...schema('provider = "prisma-client-js"'), '/app/.env': '' }
    expect(check('prisma generate', files).looks.found).toEqual(['/app/.env', '/app/prisma/schema.prisma'])
    const named = check('prisma generate --schema=db/main.prisma', { '/app/db/main.prisma': '' })
    expect(named.looks.found).toContain('/app/db/main.prisma')
  })

  test('reads a folder of schemas', () => {
    const { outcome, looks } = check(
      'prisma generate --schema prisma',
      schema('provider = "prisma-client-js"'),
    )
    expect(isReason(outcome)).toBe(false)
    expect(looks.trees).toEqual(['/app/prisma'])
  })

  test('writes the client where the repository has nothing', () => {
    const files = schema('provider = "prisma-client"\n output = "../src/generated"')
    expect(check('prisma generate', files).outcome).toEqual([
      { tree: '/app/src/generated', mode: 'merge', ignore: 'src/generated' },
    ])
    const tracked = check('prisma generate', { ...files, '/app/src/generated/client.ts': '' })
    expect(tracked.outcome).toEqual({ code: 'prisma-generator', file: 'prisma/schema.prisma' })
  })

  test.each([
    'provider = "node ./generate.js"',
    'provider = env("GENERATOR")',
    'provider = "zod-prisma-types"',
  ])('refuses %s', (generator) => {
    expect(check('prisma generate', schema(generator)).outcome).toMatchObject({ code: 'prisma-generator' })
  })

  test('follows a simple prisma.config.ts only', () => {
    const config = (text: string) => ({ '/app/prisma.config.ts': text, '/app/db/schema.prisma': '' })
    const simple = check(
      'prisma generate',
      config('export default defineConfig({ schema: "db/schema.prisma" })'),
    )
    expect(simple.looks.found).toContain('/app/db/schema.prisma')
    const joined = check(
      'prisma generate',
      config('export default { schema: path.join("db", "schema.prisma") }'),
    )
    expect(joined.looks.found).toContain('/app/db/schema.prisma')
    const other = check('prisma generate', config('import { url } from "./src/url"'))
    expect(other.outcome).toEqual({ code: 'prisma-generator', file: 'prisma.config.ts' })
  })
})

test('splits scripts', () => {
  expect(splitScript(`a 'b c' && d "e \\" f"; g\\ h || i 2>/dev/null`)).toEqual([
    ['a', 'b c'],
    ['d', 'e " f'],
    ['g h'],
    ['i'],
  ])
  expect(splitScript('a > b')).toBeUndefined()
  expect(splitScript('a &')).toBeUndefined()
})

test('trusts config files that need nothing else', () => {
  expect(
    isSelfContained('function readPackage(pkg) { return pkg }\nmodule.exports = { hooks: { readPackage } }'),
  ).toBe(true)
  expect(isSelfContained("const { join } = require('path')")).toBe(true)
  expect(isSelfContained("const x = require('./x')")).toBe(false)
  expect(isSelfContained("import x from '../x'")).toBe(false)
  expect(isSelfContained('require(name)')).toBe(false)
  expect(isSelfContained("require('fs').readFileSync('a')")).toBe(false)
})

test('reads settings', () => {
  const npmrc = parseNpmrc(
    '; c\n# d\nregistry = https://x\nignore-scripts\n//h/:_authToken=${T}\nca[]="a"\r\n',
    new Map([['T', 't']]),
  )
  expect([...npmrc]).toEqual([
    ['registry', 'https://x'],
    ['ignore-scripts', 'true'],
    ['//h/:_authToken', 't'],
    ['ca', 'a'],
  ])
  const yarnrc = parseYarnrc(
    '# c\nyarn-path ".yarn/releases/yarn-1.22.0.cjs"\n--install.frozen-lockfile true\n"a b" c\n',
  )
  expect([...yarnrc]).toEqual([
    ['yarn-path', '.yarn/releases/yarn-1.22.0.cjs'],
    ['install.frozen-lockfile', 'true'],
    ['a b', 'c'],
  ])
})

test.each([
  ['file:./a', { kind: 'file', path: './a' }],
  ['file:', { kind: 'file', path: '.' }],
  ['file:///srv/a', { kind: 'file', path: '/srv/a' }],
  ['link:../a', { kind: 'link', path: '../a' }],
  ['portal:./a::locator=x', { kind: 'portal', path: './a' }],
  ['exec:./a.js', { kind: 'exec', path: './a.js' }],
  ['a-1.0.0.tgz', { kind: 'file', path: 'a-1.0.0.tgz' }],
  ['https://x/a.tgz', undefined],
  ['patch:a@npm:1#~/.yarn/patches/a.patch', { kind: 'patch', path: '~/.yarn/patches/a.patch' }],
  ['patch:a@npm:1#./a.patch::version=1', { kind: 'patch', path: './a.patch' }],
  ['patch:a@npm:1#optional!builtin<compat/a>', undefined],
  ['workspace:*', undefined],
  ['~1.0.0', undefined],
])('local path of %s', (spec, expected) => {
  expect(parseLocalSpec(spec)).toEqual(expected)
})
