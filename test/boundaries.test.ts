import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ecosystems } from '../src/ecosystems/index.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Which part may import which: imports run downwards. A new arrow is a decision. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  findings: [],
  dockerfile: [],
  context: ['errors', 'findings'],
  edits: ['findings'],
  config: ['errors', 'context', 'findings'],
  model: ['dockerfile', 'context', 'findings'],
  effects: ['model', 'context', 'findings'],
  // Installs and other commands share how arguments, outputs and paths are read.
  ecosystems: ['effects', 'model', 'context', 'findings'],
  knowledge: ['ecosystems', 'effects', 'model'],
  transforms: ['model', 'dockerfile', 'context', 'config', 'findings', 'edits'],
  gain: ['model', 'dockerfile', 'context', 'findings'],
  views: ['context'],
  carried: ['views', 'model', 'findings'],
  judge: ['transforms', 'knowledge', 'model', 'dockerfile', 'context', 'config', 'findings'],
  pipeline: [
    'carried',
    'judge',
    'views',
    'transforms',
    'knowledge',
    'ecosystems',
    'gain',
    'model',
    'dockerfile',
    'context',
    'config',
    'findings',
  ],
  reporters: ['findings', 'edits'],
  commands: [
    'pipeline',
    'reporters',
    'config',
    'context',
    'dockerfile',
    'edits',
    'findings',
    'errors',
    'transforms',
  ],
  index: ['commands', 'pipeline', 'reporters', 'config', 'context', 'dockerfile', 'findings', 'errors'],
  cli: ['commands', 'errors'],
}

/** Packages and modules of Node that belong to one part. */
const OWNERS: Readonly<Record<string, readonly string[]>> = {
  'dockerfile-ast': ['dockerfile'],
  unbash: ['dockerfile'],
  diff: ['edits'],
  cosmiconfig: ['config'],
  jiti: ['config'],
  prettier: ['config'],
  // The parser of JavaScript.
  'prettier/plugins/acorn': ['ecosystems'],
  commander: ['commands'],
  picocolors: ['reporters', 'commands'],
  'node:fs': ['context', 'config', 'commands'],
  'node:fs/promises': ['context', 'config', 'commands'],
  'node:child_process': ['context', 'engines'],
}

interface Import {
  readonly file: string
  readonly from: string
  readonly target: string
}

const imports = [...sourceFiles('src'), ...sourceFiles('transforms')].flatMap(importsOf)

describe('the import table', () => {
  it('holds for every import between parts', () => {
    const wrong = imports
      .filter(({ target }) => target.startsWith('.'))
      .map(({ file, from, target }) => ({ file, from, to: partOf(normalize(join(dirname(file), target))) }))
      .filter(({ from, to }) => from !== to && !(ARROWS[from] ?? []).includes(to))
    expect(wrong).toEqual([])
  })

  it('knows every part', () => {
    expect(
      [...new Set(imports.map(({ from }) => from))].filter((part) => ARROWS[part] === undefined),
    ).toEqual([])
  })

  it('gives every package to its part', () => {
    const wrong = imports.filter(
      ({ from, target }) => OWNERS[target] !== undefined && !OWNERS[target].includes(from),
    )
    expect(wrong).toEqual([])
  })

  it('keeps ecosystems apart', () => {
    const wrong = imports.filter(({ file, target }) => {
      const to = normalize(join(dirname(file), target)).split('/')
      const own = file.split('/')
      return (
        own[1] === 'ecosystems' &&
        to[1] === 'ecosystems' &&
        own.length > 3 &&
        to[2] !== own[2] &&
        to[2] !== 'shared'
      )
    })
    expect(wrong).toEqual([])
  })

  it('keeps transforms apart, and ignorant of ecosystems', () => {
    const files = sourceFiles('transforms')
    const wrong = imports.filter(({ file, target }) => {
      const to = normalize(join(dirname(file), target)).split('/')
      const own = file.split('/')
      return (
        own[0] === 'transforms' &&
        own.length > 2 &&
        to[0] === 'transforms' &&
        to.length > 2 &&
        to[1] !== own[1] &&
        to[1] !== 'shared'
      )
    })
    expect(wrong).toEqual([])
    const ids = ecosystems.map(({ id }) => id)
    const named = files.filter((file) =>
      ids.some((id) => new RegExp(`['"\`]${id}['"\`]`).test(readFileSync(join(root, file), 'utf8'))),
    )
    expect(named).toEqual([])
  })

  it('leaves process and console to cli.ts', () => {
    const wrong = [...sourceFiles('src'), ...sourceFiles('transforms')].filter((file) => {
      const text = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
      return file !== 'src/cli.ts' && /(?<![.\w'])(console|process)\./.test(text)
    })
    expect(wrong).toEqual([])
  })
})

function sourceFiles(dir: string): readonly string[] {
  return readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(dir, name))
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  const targets = [...text.matchAll(/(?:from|import\(|^import) ?'([^']+)'/gm)].map(
    ([, target = '']) => target,
  )
  return targets.map((target) => ({ file, from: partOf(file), target }))
}

function partOf(file: string): string {
  const [top = '', second = ''] = relative('.', file).split('/')
  return top === 'transforms' ? 'transforms' : second.replace(/\.ts$/, '')
}
