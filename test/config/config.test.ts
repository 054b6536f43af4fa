import { relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createConfigCache, loadConfig } from '../../src/config/load-config.ts'
import { nearestName } from '../../src/config/nearest-name.ts'
import { defaultStyle, resolveStyle } from '../../src/config/style.ts'
import { validateConfig } from '../../src/config/validate.ts'
import { addFiles, makeDirectory } from '../context/temporary-directory.ts'

const transforms = {
  'split-manifests': { addFetch: true, shape: { oneOf: ['auto', 'bind'] } },
  'reorder-steps': { stamps: [] },
  'write-dockerignore': {},
}

function load(cwd: string, config?: string | boolean, directory = cwd) {
  return loadConfig(directory, {
    cwd,
    transforms,
    cache: createConfigCache(),
    ...(config !== undefined && { config }),
  })
}

describe('loadConfig', () => {
  it.each([
    ['package.json', '{"dockerfix": {"risk": "none"}}'],
    ['.dockerfixrc', 'risk: none'],
    ['.dockerfixrc.json', '{"$schema": "x", "risk": "none"}'],
    ['.dockerfixrc.yaml', 'risk: none'],
    ['.dockerfixrc.yml', 'risk: none'],
    ['.dockerfixrc.js', 'module.exports = { risk: "none" }'],
    ['.dockerfixrc.cjs', 'module.exports = { risk: "none" }'],
    ['dockerfix.config.mjs', 'export default { risk: "none" }'],
    ['dockerfix.config.ts', 'const risk: string = "none"\nexport default { risk } satisfies object'],
    ['.dockerfixrc.ts', 'enum Risk { None = "none" }\nexport default { risk: Risk.None }'],
    ['dockerfix.config.json', '{"risk": "none"}'],
  ])('finds %s above', async (name, text) => {
    const root = makeDirectory({
      [name]: text,
      'a/b/package.json': '{"devDependencies": {"dockerfix": "1"}}',
    })
    const { file, directory, config } = await load(`${root}/a/b`)
    expect([relative(root, file ?? ''), directory, config]).toEqual([
      name,
      root,
      { transforms: {}, ignore: [], context: {}, risk: 'none' },
    ])
  })

  it('takes the nearest, and none from beyond the repository', async () => {
    const root = makeDirectory({
      '.dockerfixrc': 'risk: none',
      'repo/.git/': '',
      'repo/a/.dockerfixrc.json': '{}',
      'repo/a/b/package.json': '{"broken',
    })
    expect((await load(`${root}/repo/a/b`)).file).toBe(`${root}/repo/a/.dockerfixrc.json`)
    expect(await load(`${root}/repo`)).toEqual({
      directory: `${root}/repo`,
      config: expect.objectContaining({ risk: 'notes' }),
    })
    expect((await load(root, false)).file).toBeUndefined()
    expect((await load(root, 'repo/a/.dockerfixrc.json')).directory).toBe(`${root}/repo/a`)
    expect((await load(root, true)).config.risk).toBe('none')
  })

  it('loads a file once, and takes an empty one', async () => {
    const root = makeDirectory({ '.dockerfixrc': '' })
    const options = { cwd: root, transforms, cache: createConfigCache() }
    const first = await loadConfig(root, options)
    addFiles(root, { '.dockerfixrc': 'nonsense' })
    expect(await loadConfig(`${root}/a`, options)).toBe(first)
    expect(first.config.ignore).toEqual([])
  })

  it.each([
    ['.dockerfixrc.json', '{\n  "risk" "none"\n}', /^\.dockerfixrc\.json:2: \S/],
    ['.dockerfixrc.yaml', 'risk: none\nignore: [a\ncontext: }', /^\.dockerfixrc\.yaml:3: \S/],
    ['.dockerfixrc', 'a: b: c', /^\.dockerfixrc:1: \S/],
    ['dockerfix.config.mjs', 'throw new Error("no luck\\nat all")', /^dockerfix\.config\.mjs: no luck$/],
    ['dockerfix.config.ts', 'export default {', /^dockerfix\.config\.ts.*: \S/],
    [
      'dockerfix.config.cjs',
      'module.exports = 5',
      /^dockerfix\.config\.cjs: the config must be an object, not 5$/,
    ],
    [
      'package.json',
      '{"dockerfix": {"risk": true}}',
      /^package\.json: "risk" must be "none" or "notes", not true$/,
    ],
    [
      '.dockerfixrc.yml',
      'transfroms: {}',
      /^unknown key "transfroms" in \.dockerfixrc\.yml; did you mean "transforms"\?$/,
    ],
  ])('reports a broken %s in one line', async (name, text, message) => {
    const root = makeDirectory({ [name]: text })
    const error: unknown = await load(root).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ name: 'UserError', message: expect.stringMatching(message) })
    expect((error as Error).message).not.toContain('\n')
  })

  it('reports a missing file, and an extension without a loader', async () => {
    const root = makeDirectory({ 'a.toml': 'x' })
    await expect(load(root, 'none.json')).rejects.toThrow('none.json: no such config file')
    await expect(load(root, 'a.toml')).rejects.toThrow(/^a\.toml: /)
    await expect(load(root, '.')).rejects.toMatchObject({ name: 'UserError' })
  })
})

describe('validateConfig', () => {
  it.each<[unknown, string]>([
    [null, 'f: the config must be an object, not null'],
    [[], 'f: the config must be an object, not a list'],
    [
      { transforms: { 'split-manifest': true } },
      'unknown transform "split-manifest" in f; did you mean "split-manifests"?',
    ],
    [
      { transforms: { 'split-manifests': 'yes' } },
      'f: "transforms.split-manifests" must be true, false or an object of options, not "yes"',
    ],
    [
      { transforms: { 'reorder-steps': { stamp: [] } } },
      'unknown option of "reorder-steps" "stamp" in f; did you mean "stamps"?',
    ],
    [
      { transforms: { 'reorder-steps': { stamps: 'A' } } },
      'f: "transforms.reorder-steps.stamps" must be a list of names, not "A"',
    ],
    [
      { transforms: { 'split-manifests': { shape: 'bnd' } } },
      'f: "transforms.split-manifests.shape" must be "auto" or "bind", not "bnd"',
    ],
    [{ transforms: true }, 'f: "transforms" must be an object, not true'],
    [{ ignore: 'a' }, 'f: "ignore" must be a list of globs, not "a"'],
    [{ ignore: ['[a'] }, 'f: "ignore": syntax error in pattern "[a"'],
    [{ context: { a: 1 } }, 'f: "context" for "a" must be a directory, not 1'],
    [{ context: { '[': 'x' } }, 'f: "context": syntax error in pattern "["'],
    [{ xyz: 1 }, 'unknown key "xyz" in f; known are transforms, ignore, context, risk'],
    [{ constructor: 1 }, 'unknown key "constructor" in f; known are transforms, ignore, context, risk'],
    [
      JSON.parse('{"__proto__": 1}'),
      'unknown key "__proto__" in f; known are transforms, ignore, context, risk',
    ],
  ])('%j', (value, message) => expect(() => validateConfig(value, 'f', transforms)).toThrow(message))

  it('returns what is right', () => {
    const config = {
      transforms: { 'split-manifests': { shape: 'bind' }, 'reorder-steps': { stamps: ['A'] } },
      ignore: ['x'],
      context: { a: 'b' },
      risk: 'none',
    }
    expect(validateConfig(config, 'f', transforms)).toEqual(config)
  })
})

it('nearestName', () => {
  expect(nearestName('rsik', ['risk', 'ignore'])).toBe('risk')
  expect(nearestName('Ignored', ['risk', 'ignore'])).toBe('ignore')
  expect(nearestName('x'.repeat(100_000), ['risk'])).toBeUndefined()
})

describe('resolveStyle', () => {
  it('reads prettier and editorconfig', async () => {
    const root = makeDirectory({
      '.git/': '',
      '.editorconfig':
        'root = true\n[*]\nindent_style = space\nindent_size = 8\nend_of_line = crlf\n[a/Dockerfile]\nindent_style = tab\n',
      'b/.prettierrc': '{"tabWidth": 3, "printWidth": 77}',
    })
    const style = (file: string) => resolveStyle(`${root}/${file}`, new Map())
    expect(await style('Dockerfile')).toMatchObject({ tabWidth: 8, useTabs: false, endOfLine: 'crlf' })
    expect(await style('a/Dockerfile')).toMatchObject({ useTabs: true })
    expect(await style('b/Dockerfile')).toMatchObject({ tabWidth: 3, printWidth: 77 })
  })

  it('has a default', async () => {
    const root = makeDirectory({
      '.git/': '',
      'package.json': '{"devDependencies": {"prettier": "3"}}',
      'c/.prettierrc': '{{',
    })
    expect(await resolveStyle(`${root}/Dockerfile`, new Map())).toBe(defaultStyle)
    expect(await resolveStyle(`${root}/c/Dockerfile`, new Map())).toEqual(defaultStyle)
  })
})
