import { describe, expect, it } from 'vitest'
import { pdm } from '../../src/ecosystems/pdm/index.ts'
import { createRun, placeOf, refusal, type Changes, type Texts } from './create-run.ts'
import type { Reason } from '../../src/findings/reasons.ts'

const SYSTEM = '[build-system]\nrequires = ["pdm-backend"]\nbuild-backend = "pdm.backend"\n'
const PROJECT = '[project]\nname = "shop"\nversion = "1.0.0"\ndependencies = ["click==8.1.7"]\n'
const LOCK = '[metadata]\nlock_version = "4.5.0"\n[[package]]\nname = "click"\nversion = "8.1.7"\n'
const APP: Texts = { '/app/pyproject.toml': PROJECT + SYSTEM, '/app/pdm.lock': LOCK, '/app/src/shop.py': '' }
const PLAIN: Texts = { ...APP, '/app/pyproject.toml': `${PROJECT}[tool.pdm]\ndistribution = false\n` }
const MANIFESTS = ['/app/pyproject.toml', '/app/pdm.lock']
const run = createRun(pdm, APP)

describe('pdm install', () => {
  it.each<[string, Texts?, Changes?]>([
    ['pdm install --no-self'],
    ['pdm install --no-self --prod --no-editable --frozen-lockfile'],
    ['pdm sync --no-self -G web --no-isolation -v'],
    ['pdm install --check --no-self'],
    ['pdm install -p /app --no-self', APP, { cwd: '/' }],
    ['python -m pdm sync --no-self'],
    ['/root/.local/bin/pdm sync --no-self'],
    ['pdm install', PLAIN],
    ['pdm sync --prod', PLAIN],
    ['pdm sync', APP, { env: { PDM_NO_SELF: '1' } }],
  ])('%s', (text, texts = APP, changes = {}) => {
    const { effect, found, fetch } = run(text, texts, changes)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(MANIFESTS)
    expect(fetch).toBeUndefined()
  })

  it('reads settings and what chooses the interpreter', () => {
    const more = {
      '/app/pdm.toml': '[python]\nuse_venv = true\n',
      '/app/.pdm-python': '/usr/bin/python3',
      '/.python-version': '3.12',
    }
    const { found, paths } = run('pdm sync --no-self', { ...APP, ...more })
    expect(found).toEqual([...MANIFESTS, ...Object.keys(more)])
    expect(paths).toEqual(
      expect.arrayContaining(['/app/.pdm.toml', '/app/pylock.toml', '/app/venv/bin/python']),
    )
  })

  it('reads the directories that the lockfile names', () => {
    const lock = `${LOCK}[[package]]\nname = "money"\nversion = "1"\npath = "./libs/money"\n`
    const { trees, effect } = run('pdm sync --no-self', {
      ...APP,
      '/app/pdm.lock': lock,
      '/app/libs/money/pyproject.toml': SYSTEM,
    })
    expect(effect?.known).toBe(true)
    expect(trees).toContain('/app/libs/money')
  })

  it('writes the environments of the project, and the lockfile', () => {
    const { kept, writes } = run('pdm install', PLAIN)
    expect(kept).toEqual(['system', '/root/.local', '/app/.venv', '/app/__pypackages__', '/app/.pdm-python'])
    expect(writes.flatMap(({ ignore }) => ignore ?? [])).toEqual([
      '**/.venv',
      '**/__pypackages__',
      '**/.pdm-python',
    ])
    expect(writes).toContainEqual({ path: '/app/pdm.lock', allow: 'lockfile' })
    for (const text of ['pdm sync', 'pdm install --frozen-lockfile', 'pdm install --check'])
      expect(run(text, PLAIN).writes.map(placeOf)).not.toContain('/app/pdm.lock')
    const { '/app/pdm.lock': _, ...unlocked } = PLAIN
    expect(run('pdm install', unlocked).kept).toContain('/app/pdm.lock')
  })

  it('is a warm-up where the project is a package', () => {
    expect(run('pdm sync --no-self').kept).toEqual([])
    expect(run('pdm sync').effect).toEqual({ known: false, role: 'build' })
  })
})

describe('the added step', () => {
  it.each([
    ['pdm install --prod', 'pdm install --prod --no-self'],
    ['pdm sync', 'pdm sync --no-self'],
    ['pdm install --check --prod --no-editable', 'pdm install --check --prod --no-editable --no-self'],
  ])('%s', (text, command) => {
    expect(run(text).fetch).toEqual({ command, cwd: '/app' })
  })

  it.each<[string, Texts, Reason | undefined]>([
    ['pdm build', APP, undefined],
    ['pdm sync', PLAIN, undefined],
    [
      'pdm install',
      { '/app/pyproject.toml': PROJECT + SYSTEM },
      { code: 'missing-file', file: 'pdm.lock', command: 'pdm install' },
    ],
    ['pdm install $X', APP, { code: 'unknown-argument', text: 'pdm install $X' }],
  ])('%s is not added', (text, texts, reason) => {
    expect(run(text, texts).fetch).toEqual(reason)
  })
})

describe('refusals', () => {
  const text = 'pdm install --no-self'

  function withManifest(more: string): Texts {
    return { ...APP, '/app/pyproject.toml': `${PROJECT}${more}\n${SYSTEM}` }
  }

  it.each<[string, Texts, Reason]>([
    [text, {}, { code: 'missing-file', file: 'pyproject.toml', command: text }],
    [
      'pdm sync --no-self',
      { '/app/pyproject.toml': PROJECT },
      { code: 'missing-file', file: 'pdm.lock', command: 'pdm sync --no-self' },
    ],
    ['pdm add flask', APP, { code: 'edits-manifest', command: 'pdm add flask', file: 'pyproject.toml' }],
    ['pdm lock', APP, { code: 'edits-manifest', command: 'pdm lock', file: 'pdm.lock' }],
    [`${text} --dry-run`, APP, { code: 'unknown-argument', text: `${text} --dry-run` }],
    [
      text,
      withManifest('[tool.pdm.scripts]\npost_install = "python build.py"'),
      {
        code: 'lifecycle-script',
        file: 'pyproject.toml',
        script: 'post_install',
        command: 'python build.py',
      },
    ],
    [
      text,
      withManifest('dynamic = ["optional-dependencies"]'),
      { code: 'installs-project', file: 'pyproject.toml', text: 'dynamic = ["optional-dependencies"]' },
    ],
    [text, { ...APP, '/app/.pdm-plugins/x.py': '' }, { code: 'tracked-output', path: '.pdm-plugins' }],
    [
      text,
      { ...APP, '/app/pdm.toml': 'cache_dir = ".cache"\n' },
      { code: 'unknown-argument', text: 'a place for environments or downloads in pdm.toml' },
    ],
    [
      text,
      {
        ...APP,
        '/app/pdm.lock': `${LOCK}[[package]]\nname = "m"\nurl = "file:///\${PROJECT_ROOT}/libs/m"\n`,
        '/app/libs/m/setup.py': '',
      },
      { code: 'local-dependency', file: 'pdm.lock', dependency: 'libs/m' },
    ],
    [
      text,
      {
        '/app/pyproject.toml': `${PROJECT}[tool.pdm.dev-dependencies]\ndev = ["-e file:///\${PROJECT_ROOT}/m"]\n`,
      },
      { code: 'local-dependency', file: 'pyproject.toml', dependency: '-e file:///${PROJECT_ROOT}/m' },
    ],
  ])('%s (%#)', (command, texts, reason) => {
    expect(run(command, texts).effect).toEqual(refusal(reason))
  })

  it('not a hook that is skipped', () => {
    const texts = withManifest('[tool.pdm.scripts]\npost_install = "python build.py"')
    expect(run(`${text} -k :all`, texts).effect).toMatchObject({ known: true })
  })
})

describe('other commands', () => {
  it.each([
    ['pdm --version', 'none'],
    ['pdm config check_update false', 'files'],
    ['pdm config python.use_venv false', 'files'],
    ['pdm export -o requirements.txt --prod --without-hashes', 'files'],
    ['pdm export --prod', 'none'],
  ])('%s is %s', (text, role) => {
    expect(run(text).effect).toMatchObject({ known: true, role })
  })

  it.each([
    'pdm run start',
    'pdm build',
    'pdm config install.cache on',
    'pdm config cache_dir /x',
    'pdm frob',
  ])('%s is opaque', (text) => {
    expect(run(text).effect).toEqual({ known: false })
  })

  it.each(['pdm', './pdm sync', 'pip install pdm'])('%s is not its own', (text) => {
    expect(run(text, { ...APP, '/app/pdm': '' }).effect).toBeUndefined()
  })
})
