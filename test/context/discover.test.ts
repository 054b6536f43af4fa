import { chmodSync, mkdirSync, symlinkSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { discover, type DiscoverOptions } from '../../src/context/discover.ts'
import { isComposeName, isDockerfileName } from '../../src/context/dockerfile-names.ts'
import { interpolate } from '../../src/context/interpolate.ts'
import { parseCompose } from '../../src/context/parse-compose.ts'
import { addFiles, git, makeDirectory, makeRepository } from './temporary-directory.ts'

/** Finds Dockerfiles in `cwd` and shows each as `path < context (why)`. */
async function find(cwd: string, paths: readonly string[] = ['.'], options: Partial<DiscoverOptions> = {}) {
  const { targets, problems } = await discover(paths, {
    cwd,
    configFor: () => ({ directory: cwd, config: {} }),
    copySources: (text) => [...text.matchAll(/^COPY (\S+) /gm)].map((match) => match[1] ?? ''),
    repositories: new Map(),
    ...options,
  })
  const shown = targets.map(({ dockerfile, context, why, target, args, source }) => {
    const more = [target, args && JSON.stringify(args), source && `by ${relative(cwd, source)}`].filter(
      Boolean,
    )
    return [`${relative(cwd, dockerfile)} < ${relative(cwd, context) || '.'} (${why})`, ...more].join(' ')
  })
  return { shown, problems }
}

describe('names', () => {
  it.each([
    'Dockerfile',
    'dockerfile',
    'Dockerfile.dev',
    'api.Dockerfile',
    'api.dockerfile',
    'Containerfile',
    'Containerfile.x',
    'Dockerfile.py',
  ])('takes %s', (name) => expect(isDockerfileName(name)).toBe(true))
  it.each([
    'Dockerfile.dockerignore',
    'Dockerfile~',
    'Dockerfile.bak',
    '.Dockerfile.swp',
    '#Dockerfile#',
    'Dockerfile.orig',
    'Dockerfile.j2',
    'MyDockerfile',
    'Dockerfiles',
    '.dockerignore',
    'Dockerfile.',
  ])('leaves %s', (name) => expect(isDockerfileName(name)).toBe(false))
  it('knows compose files', () => {
    const names = [
      'compose.yaml',
      'compose.yml',
      'docker-compose.yml',
      'docker-compose.prod.yaml',
      'docker-compose-dev.yml',
      'compose.ts',
      'mycompose.yaml',
      'decompose.yaml',
    ]
    expect(names.map(isComposeName)).toEqual([true, true, true, true, true, false, false, false])
  })
})

describe('discover', () => {
  it('searches a repository as git sees it', async () => {
    const root = makeRepository({
      '.gitignore': 'tmp\n',
      Dockerfile: '',
      'b/Dockerfile.dev': '',
      'b/Dockerfile.dev.dockerignore': '',
      'gone/Dockerfile': '',
      'link/Dockerfile': '-> ../Dockerfile',
      'vendor/x/Dockerfile': '',
    })
    addFiles(root, { 'new/Containerfile': '', 'tmp/Dockerfile': '', 'node_modules/x/Dockerfile': '' })
    git(root, 'rm', '-q', '-f', 'gone/Dockerfile')
    expect((await find(root)).shown).toEqual([
      'Dockerfile < . (own-folder)',
      'b/Dockerfile.dev < b (own-folder)',
      'new/Containerfile < new (own-folder)',
    ])
    const named = ['tmp/Dockerfile', 'vendor', 'link/Dockerfile', 'b/Dockerfile.dev', './b', 'tmp']
    expect((await find(root, named)).shown).toEqual([
      'b/Dockerfile.dev < b (own-folder)',
      'link/Dockerfile < link (own-folder)',
      'tmp/Dockerfile < tmp (own-folder)',
      'vendor/x/Dockerfile < vendor/x (own-folder)',
    ])
    expect((await find(root, ['tmp'])).shown).toEqual(['tmp/Dockerfile < tmp (own-folder)'])
    addFiles(root, { 'kept/.gitignore': 'Dockerfile\n', 'kept/Dockerfile': '' })
    expect((await find(root, ['kept'])).shown).toEqual([])
  })

  it('searches outside of git', async () => {
    const root = makeDirectory({
      'a/Dockerfile': '',
      'a/node_modules/Dockerfile': '',
      'b/.git/Dockerfile': '',
    })
    symlinkSync('..', join(root, 'a/loop'))
    expect((await find(root)).shown).toEqual(['a/Dockerfile < a (own-folder)'])
  })

  it('goes on after a path that cannot be used', async () => {
    const root = makeDirectory({ Dockerfile: '', 'closed/Dockerfile': '' })
    const { shown, problems } = await find(root, ['nowhere', 'Dockerfile', '/dev/null', 'Dockerfile/x'])
    expect(shown).toEqual(['Dockerfile < . (own-folder)'])
    expect(problems).toEqual([
      { path: 'nowhere', message: 'no such file or directory' },
      { path: '/dev/null', message: 'this is neither a file nor a directory' },
      { path: 'Dockerfile/x', message: expect.stringContaining('') },
    ])
    chmodSync(join(root, 'closed'), 0)
    const isRoot = process.getuid?.() === 0
    if (!isRoot)
      expect((await find(root, ['closed'])).problems).toEqual([
        { path: 'closed', message: 'permission denied' },
      ])
    chmodSync(join(root, 'closed'), 0o755)
  })

  it('guesses the context from the sources', async () => {
    const root = makeRepository({
      'package.json': '',
      'api/package.json': '',
      'api/Dockerfile': 'COPY package.json ./\nCOPY ./api/src /src\n',
      'api/src/a': '',
      'web/Dockerfile': 'COPY package.json ./\n',
      'own/Dockerfile': 'COPY . ./\n',
      'lost/Dockerfile': 'COPY dist/app.jar /\n',
      'deep/er/Dockerfile': 'COPY /er/x ./\nCOPY ../er/x /y\n',
      'deep/er/x': '',
    })
    expect((await find(root)).shown).toEqual([
      'api/Dockerfile < . (ancestor)',
      'deep/er/Dockerfile < deep (ancestor)',
      'lost/Dockerfile < lost (own-folder)',
      'own/Dockerfile < own (own-folder)',
      'web/Dockerfile < . (ancestor)',
    ])
    expect((await find(root, ['web'])).shown).toEqual(['web/Dockerfile < . (ancestor)'])
  })

  it('does not leave the searched folder outside of git', async () => {
    const root = makeDirectory({ 'package.json': '', 'a/b/Dockerfile': 'COPY package.json ./\n' })
    expect((await find(join(root, 'a'))).shown).toEqual(['b/Dockerfile < b (own-folder)'])
    expect((await find(root)).shown).toEqual(['a/b/Dockerfile < . (ancestor)'])
    expect((await find(root, ['a/b/Dockerfile'])).shown).toEqual(['a/b/Dockerfile < . (ancestor)'])
  })

  it('follows compose files', async () => {
    const root = makeRepository({
      'compose.yaml': [
        'x-build: &build {context: ., args: {NODE: 20, EMPTY: null, FROM_ENV: "${X}"}}',
        'services:',
        '  api: {build: {<<: *build, dockerfile: api/Dockerfile, target: dev}}',
        '  web: {build: ./web}',
        '  web2: {build: {context: web}}',
        '  remote: {build: "https://github.com/a/b.git"}',
        '  odd: {build: {context: "${ROOT:-.}", dockerfile: build/image.docker}}',
        '  unknown: {build: "$DIR"}',
        '  gone: {build: ./nowhere}',
        '  db: {image: postgres}',
      ].join('\n'),
      'docker-compose.override.yml': 'services: {api: {build: {target: debug}}, web: {image: x}}\n',
      'deploy/docker-compose.prod.yml':
        'services:\n  api:\n    build:\n      context: ..\n      dockerfile: api/Dockerfile\n      args: [A=1=2, B]\n',
      'broken/compose.yaml': 'services: [}\n  a: *nothing\n',
      'api/Dockerfile': '',
      'web/Dockerfile': '',
      'build/image.docker': '',
    })
    const api = [
      'api/Dockerfile < . (compose) dev {"NODE":"20"} by compose.yaml',
      'api/Dockerfile < . (compose) {"A":"1=2"} by deploy/docker-compose.prod.yml',
    ]
    expect((await find(root)).shown).toEqual([
      ...api,
      'build/image.docker < . (compose) by compose.yaml',
      'web/Dockerfile < web (compose) by compose.yaml',
    ])
    expect((await find(root, ['api/Dockerfile'])).shown).toEqual(api)
    expect((await find(root, ['api'])).shown).toEqual(api)
  })

  it('reads untracked compose files above, also outside of git', async () => {
    const root = makeDirectory({
      'docker-compose.yml': 'services: {a: {build: {context: ., dockerfile: a/Dockerfile}}}',
      'a/Dockerfile': '',
    })
    const found = ['a/Dockerfile < . (compose) by docker-compose.yml']
    expect((await find(root, ['a/Dockerfile'])).shown).toEqual(found)
    expect((await find(root, ['.'])).shown).toEqual(found)
  })

  it('prefers the flag, then the config', async () => {
    const root = makeRepository({
      'compose.yaml': 'services: {a: {build: a}, b: {build: b}}',
      'a/Dockerfile': '',
      'b/Dockerfile': '',
      'c/Dockerfile': '',
    })
    mkdirSync(join(root, 'ctx'))
    const config = {
      directory: root,
      file: join(root, 'rc'),
      config: { ignore: ['c'], context: { './a/*': 'ctx', '**/Dockerfile': 'x' } },
    }
    expect((await find(root, ['.'], { configFor: () => config })).shown).toEqual([
      'a/Dockerfile < ctx (config) by rc',
      'b/Dockerfile < x (config) by rc',
    ])
    expect(
      (await find(root, ['c/Dockerfile'], { configFor: async () => config, context: 'ctx' })).shown,
    ).toEqual(['c/Dockerfile < ctx (flag)'])
  })

  it('finds the same through a link to the repository', async () => {
    const root = makeRepository({
      'compose.yaml': 'services: {a: {build: {context: ., dockerfile: a/Dockerfile}}}',
      'a/Dockerfile': '',
      'b/Dockerfile': 'COPY compose.yaml /',
    })
    const link = join(makeDirectory(), 'link')
    symlinkSync(root, link)
    const { shown } = await find(link)
    expect(shown.map((line) => line.replace(/ by .*/, '').replace(relative(link, root), '.'))).toEqual([
      'a/Dockerfile < . (compose)',
      'b/Dockerfile < . (ancestor)',
    ])
  })
})

describe('interpolate', () => {
  it.each([
    ['a$$b', 'a$b'],
    ['${A:-x}/${B-y}', 'x/y'],
    ['${A:-${B:-z}}', 'z'],
    ['${A:+x}', ''],
    ['$${A:-x}', '${A:-x}'],
    ['${A}', undefined],
    ['$A/b', undefined],
    ['${A:?no}', undefined],
    ['5$', '5$'],
  ])('%s', (text, result) => expect(interpolate(text)).toBe(result))
})

describe('parseCompose', () => {
  it('survives aliases without end', async () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]']
    for (let i = 1; i < 20; i++)
      bomb.push(
        `b${i}: &b${i} [${Array(9)
          .fill(`*${i === 1 ? 'a' : `b${i - 1}`}`)
          .join(',')}]`,
      )
    expect(await parseCompose(bomb.join('\n'), '/', false)).toEqual([])
    for (const text of [
      '',
      'services:',
      '- a',
      'services: {a: 1, b: {build: []}, c: {build: {context: {}}}, d: {build: {dockerfile_inline: FROM x}}}',
    ])
      expect(await parseCompose(text, '/', false)).toEqual([])
  })
})
