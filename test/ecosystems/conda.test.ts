import { describe, expect, it } from 'vitest'
import { conda } from '../../src/ecosystems/conda/index.ts'
import { createRun, refusal, type Changes, type Texts } from './create-run.ts'
import type { Reason } from '../../src/findings/reasons.ts'

function environment(...lines: readonly string[]): string {
  return ['name: shop', 'channels: [conda-forge]', 'dependencies:', '  - python=3.12', ...lines, ''].join(
    '\n',
  )
}

const APP: Texts = { '/app/environment.yml': environment('  - numpy'), '/app/app.py': '' }
const run = createRun(conda, APP)

/** An environment with a pip section. */
function withPip(...lines: readonly string[]): Texts {
  return {
    ...APP,
    '/app/environment.yml': environment('  - pip:', ...lines.map((line) => `      - ${line}`)),
  }
}

describe('environments from a file', () => {
  it.each<[string, Changes?]>([
    ['conda env create'],
    ['conda env create -f environment.yml'],
    ['conda env create --file=environment.yml -n shop --quiet'],
    ['conda env update -n base -f environment.yml --prune'],
    ['mamba env create -f environment.yml -y'],
    ['/opt/conda/bin/conda env create -f ./environment.yml'],
    ['micromamba create -y -f environment.yml'],
    ['micromamba install -y -n base -f environment.yml'],
    ['micromamba env create --yes --file environment.yml'],
    ['conda env create -f /app/environment.yml', { cwd: '/' }],
  ])('%s', (text, changes = {}) => {
    const { effect, found } = run(text, APP, changes)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(['/app/environment.yml'])
  })

  it('reads the requirements files of the pip section, beside the environment file', () => {
    const texts = {
      '/app/deploy/environment.yml': environment(
        '  - pip:',
        '      - -r ../requirements.txt',
        '      - flask',
      ),
      '/app/requirements.txt': '-c limits.txt\nclick\n',
      '/app/limits.txt': 'click==8\n',
    }
    expect(run('conda env create -f deploy/environment.yml', texts).found).toEqual([
      '/app/deploy/environment.yml',
      '/app/requirements.txt',
      '/app/limits.txt',
    ])
  })

  it('reads them from the working directory too, where pip runs there', () => {
    const texts = {
      '/app/deploy/environment.yml': environment('  - pip:', '      - -r requirements.txt'),
      '/app/requirements.txt': 'click\n',
    }
    expect(run('micromamba create -y -f deploy/environment.yml', texts).found).toEqual(Object.keys(texts))
  })

  it('reads lists and lockfiles', () => {
    const texts = {
      '/app/r.txt': '# x\nnumpy=2\n',
      '/app/e.lock': '@EXPLICIT\nhttps://x/numpy.conda\n',
      '/app/conda-lock.yml': 'version: 1\npackage: []\n',
    }
    for (const [text, file] of [
      ['conda install -y --file r.txt', '/app/r.txt'],
      ['conda create -n shop --file e.lock', '/app/e.lock'],
      ['micromamba install -y -n base -f e.lock', '/app/e.lock'],
      ['conda-lock install -n shop conda-lock.yml', '/app/conda-lock.yml'],
      ['conda-lock install', '/app/conda-lock.yml'],
    ] as const) {
      const { effect, found } = run(text, texts)
      expect(effect, text).toMatchObject({ known: true, role: 'install' })
      expect(found, text).toEqual([file])
    }
  })

  it('writes below the installation', () => {
    const env = { PATH: '/srv/conda/bin:/usr/bin', MAMBA_ROOT_PREFIX: '/mamba' }
    const { kept } = run('conda env create -p ./env', APP, { env })
    expect(kept).toEqual(expect.arrayContaining(['system', '/opt/conda', '/srv/conda', '/mamba', '/app/env']))
    const [own] = run('conda env create -p ./env').writes.filter(({ ignore }) => ignore !== undefined)
    expect(own).toEqual({ tree: '/app/env', mode: 'merge', ignore: '**/env' })
  })
})

describe('refusals', () => {
  it.each<[string, Texts, Reason]>([
    ['conda env create', {}, { code: 'missing-file', file: 'environment.yml', command: 'conda env create' }],
    [
      'conda env create',
      { '/app/environment.yml': 'a: [' },
      { code: 'unreadable-manifest', file: 'environment.yml', problem: expect.any(String) as string },
    ],
    [
      'conda env create',
      { '/app/environment.yml': 'name: x\n' },
      { code: 'unreadable-manifest', file: 'environment.yml', problem: 'it has no dependencies' },
    ],
    [
      'conda env create',
      withPip('-e .'),
      { code: 'installs-project', file: 'environment.yml', text: '-e .' },
    ],
    ['conda env create', withPip('.'), { code: 'installs-project', file: 'environment.yml', text: '.' }],
    [
      'conda env create',
      { ...withPip('./libs/money'), '/app/libs/money/setup.py': '' },
      { code: 'local-dependency', file: 'environment.yml', dependency: './libs/money' },
    ],
    [
      'conda env create',
      withPip('-r r.txt'),
      { code: 'missing-file', file: 'r.txt', command: 'conda env create' },
    ],
    [
      'conda env create',
      { '/app/environment.yml': environment('  - ./pkgs/money.conda') },
      { code: 'local-dependency', file: 'environment.yml', dependency: './pkgs/money.conda' },
    ],
    [
      'conda env create',
      { '/app/environment.yml': 'channels: ["./channel"]\ndependencies: [python]\n' },
      { code: 'local-dependency', file: 'environment.yml', dependency: './channel' },
    ],
    ['conda env create -f $F', APP, { code: 'unknown-argument', text: 'conda env create -f $F' }],
    ['conda install ./money.conda', APP, { code: 'unknown-argument', text: 'conda install ./money.conda' }],
    ['conda install --frob x', APP, { code: 'unknown-argument', text: 'conda install --frob x' }],
  ])('%s (%#)', (text, texts, reason) => {
    expect(run(text, texts).effect).toEqual(refusal(reason))
  })
})

describe('other commands', () => {
  it.each([
    ['conda --version', 'none'],
    ['conda info', 'none'],
    ['conda install -y -c conda-forge numpy', 'tool'],
    ['conda install -y "numpy=$NUMPY"', 'tool'],
    ['conda create -y -n shop python=3.12', 'tool'],
    ['conda update -n base conda', 'tool'],
    ['conda env create -f https://example.com/environment.yml', 'tool'],
    ['micromamba install -y -n base python=3.12', 'tool'],
    ['conda clean -afy', 'tool'],
    ['conda clean --all -y', 'tool'],
    ['micromamba clean --all --yes', 'tool'],
    ['conda config --add channels conda-forge', 'files'],
    ['conda config --set channel_priority strict', 'files'],
  ])('%s is %s', (text, role) => {
    expect(run(text).effect).toMatchObject({ known: true, role })
  })

  it.each([
    'conda run -n shop python app.py',
    'conda activate shop',
    'conda init bash',
    'conda develop .',
    'conda-lock',
  ])('%s is opaque', (text) => {
    expect(run(text).effect?.known ?? false).toBe(false)
  })

  it.each(['./conda install x', 'condax install'])('%s is not its own', (text) => {
    expect(run(text, { ...APP, '/app/conda': '' }).effect).toBeUndefined()
  })
})
