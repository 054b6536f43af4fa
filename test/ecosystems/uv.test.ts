import { describe, expect, it } from 'vitest'
import { uv } from '../../src/ecosystems/uv/index.ts'
import { createRun, placeOf, refusal, type Changes, type Texts } from './create-run.ts'
import type { Reason } from '../../src/findings/reasons.ts'

const SYSTEM = '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n'
const PROJECT =
  '[project]\nname = "shop"\nversion = "1.0.0"\nreadme = "README.md"\ndependencies = ["Click>=8"]\n'
const CLICK =
  '[[package]]\nname = "click"\nversion = "8.1.7"\nsource = { registry = "https://pypi.org/simple" }\n'

/** The lockfile's entry of a local package. */
function entry(name: string, source: string, requires: readonly string[] = []): string {
  const list = requires.map((each) => `{ name = "${each}" }`).join(', ')
  return `[[package]]\nname = "${name}"\nversion = "1"\nsource = { ${source} }\n[package.metadata]\nrequires-dist = [${list}]\n`
}

const LOCK = `version = 1\n${CLICK}${entry('shop', 'editable = "."', ['click'])}`
const APP: Texts = {
  '/app/pyproject.toml': PROJECT + SYSTEM,
  '/app/uv.lock': LOCK,
  '/app/src/shop/__init__.py': '',
}
const PLAIN: Texts = {
  ...APP,
  '/app/pyproject.toml': PROJECT,
  '/app/uv.lock': LOCK.replace('editable', 'virtual'),
}
const MONEY = `[project]\nname = "money"\nversion = "1"\n${SYSTEM}`
const SPACE: Texts = {
  '/app/pyproject.toml': `${PROJECT}[tool.uv.workspace]\nmembers = ["packages/*"]\n${SYSTEM}`,
  '/app/packages/money/pyproject.toml': MONEY,
  '/app/packages/money/money.py': '',
  '/app/uv.lock': LOCK + entry('money', 'editable = "packages/money"'),
}
const MANIFESTS = ['/app/pyproject.toml', '/app/uv.lock']
const run = createRun(uv, APP)

describe('uv sync', () => {
  it.each<[string, Texts?, Changes?]>([
    ['uv sync --frozen --no-install-project'],
    ['uv sync --locked --no-install-project --no-dev'],
    ['uv sync --no-install-project --extra web --group docs --compile-bytecode -q'],
    ['uv sync --frozen --no-install-workspace --no-editable'],
    ['uv sync --frozen --only-group docs'],
    ['/bin/uv sync --frozen --no-install-project --no-cache'],
    ['/root/.local/bin/uv sync --frozen --no-install-project -p 3.12'],
    ['python -m uv sync --frozen --no-install-project'],
    ['uv --no-progress sync --frozen --no-install-project'],
    ['uv sync --frozen --no-install-project --project /app', APP, { cwd: '/srv' }],
    ['uv --directory /app sync --frozen --no-install-project', APP, { cwd: '/' }],
    ['uv sync --frozen --no-install-project', APP, { cwd: '/app/src' }],
    ['uv sync', PLAIN],
    ['uv sync --frozen', PLAIN],
  ])('%s', (text, texts = APP, changes = {}) => {
    const { effect, found, fetch } = run(text, texts, changes)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(MANIFESTS)
    expect(fetch).toBeUndefined()
  })

  it('reads settings, versions and every member of the workspace', () => {
    const more = { '/app/uv.toml': 'no-cache = true\n', '/app/.python-version': '3.12\n' }
    const { found, finds } = run('uv sync --frozen --no-install-workspace', { ...SPACE, ...more })
    expect(found).toEqual([
      '/app/pyproject.toml',
      '/app/packages/money/pyproject.toml',
      '/app/uv.lock',
      '/app/.python-version',
      '/app/uv.toml',
    ])
    expect(finds).toContain('/app/packages/*/pyproject.toml')
  })

  it('finds the workspace around a member', () => {
    const { found, kept, writes } = run('uv sync --frozen --no-install-workspace', SPACE, {
      cwd: '/app/packages/money',
    })
    expect(found).toEqual(['/app/packages/money/pyproject.toml', ...MANIFESTS])
    expect(kept).toEqual([])
    expect(writes.map(placeOf)).toContain('/app/.venv')
  })

  it('stays in a directory that the workspace does not name', () => {
    const texts = {
      ...SPACE,
      '/app/tools/gen/pyproject.toml': PROJECT,
      '/app/tools/gen/uv.lock': LOCK.replace('editable', 'virtual'),
    }
    const { writes } = run('uv sync --frozen', texts, { cwd: '/app/tools/gen' })
    expect(writes.map(placeOf)).toContain('/app/tools/gen/.venv')
  })

  it('reads local packages and indexes outside the workspace', () => {
    const lock = `${LOCK}${entry('money', 'directory = "libs/money"')}${entry('a', 'path = "wheels/a.whl"')}${entry('b', 'registry = "index"')}`
    const texts = {
      ...APP,
      '/app/uv.lock': lock,
      '/app/libs/money/pyproject.toml': MONEY,
      '/app/wheels/a.whl': '',
    }
    const { effect, trees, found } = run('uv sync --frozen --no-install-project', texts)
    expect(effect?.known).toBe(true)
    expect(trees).toEqual(expect.arrayContaining(['/app/libs/money', '/app/index']))
    expect(found).toContain('/app/wheels/a.whl')
  })

  it('writes the environment and, unless frozen, the lockfile', () => {
    expect(run('uv sync --frozen', PLAIN).kept).toEqual(['/app/.venv', '/root/.local/share/uv/python'])
    expect(run('uv sync', PLAIN).writes).toContainEqual({ path: '/app/uv.lock', allow: 'lockfile' })
    expect(run('uv sync --locked', PLAIN).writes.map(placeOf)).not.toContain('/app/uv.lock')
    expect(run('uv sync', { '/app/pyproject.toml': PROJECT }).kept).toContain('/app/uv.lock')
    expect(run('uv sync --frozen', PLAIN).writes).toContainEqual({
      tree: '/app/.venv',
      mode: 'merge',
      ignore: '**/.venv',
    })
    const env = { UV_PROJECT_ENVIRONMENT: '/usr/local', UV_CACHE_DIR: '/c', UV_FROZEN: '1' }
    const moved = run('uv sync', PLAIN, { env })
    expect(moved.kept).toEqual(['system', '/usr/local', '/root/.local/share/uv/python'])
    expect(moved.writes).toContainEqual({ tree: '/c', mode: 'merge', allow: 'cache' })
    expect(run('uv sync --no-cache', PLAIN).writes.map(placeOf)).not.toContain('/root/.cache/uv')
  })

  it('builds packages of the workspace unless told not to', () => {
    expect(run('uv sync --frozen').effect).toEqual({ known: false, role: 'build' })
    expect(run('uv sync --frozen --no-install-project', SPACE).effect).toEqual({
      known: false,
      role: 'build',
    })
    expect(run('uv sync --frozen --no-install-project').writes.map(({ allow }) => allow)).not.toContain(
      undefined,
    )
  })
})

describe('the added step', () => {
  it.each<[string, Texts, string]>([
    ['uv sync --frozen', APP, 'uv sync --frozen --no-install-project'],
    ['uv sync --locked --no-dev', APP, 'uv sync --frozen --no-dev --no-install-project'],
    ['uv sync --no-dev', APP, 'uv sync --no-dev --frozen --no-install-project'],
    ['uv sync --locked', SPACE, 'uv sync --frozen --no-install-workspace'],
    ['uv sync --frozen --package money', SPACE, 'uv sync --frozen --package money --no-install-workspace'],
  ])('%s', (text, texts, command) => {
    expect(run(text, texts).fetch).toEqual({ command, cwd: '/app' })
  })

  it.each<[string, string, Texts?]>([
    ['uv run python -m shop', 'uv sync --frozen --inexact --no-install-project'],
    ['uv run --no-dev manage.py check', 'uv sync --no-dev --frozen --inexact --no-install-project'],
    [
      'uv run --locked --group=web -m shop --help',
      'uv sync --group=web --frozen --inexact --no-install-project',
    ],
    ['uv run --package shop shop', 'uv sync --package shop --frozen --inexact --no-install-workspace', SPACE],
    ['uv run shop', 'uv sync --frozen --inexact --no-install-project', PLAIN],
  ])('%s: %s', (text, command, texts = APP) => {
    const { effect, fetch } = run(text, { '/app/manage.py': 'print(1)', ...texts })
    expect(effect).toEqual({ known: false, role: 'build' })
    expect(fetch).toEqual({ command, cwd: '/app' })
    expect(run(command, texts).writes).toContainEqual(
      expect.objectContaining({ tree: '/app/.venv', allow: 'warm-up' }),
    )
  })

  it.each<[string, Texts, Changes]>([
    ['uv run', APP, {}],
    ['uv run --no-sync shop', APP, {}],
    ['uv run --with rich shop', APP, {}],
    ['uv run --group $GROUP shop', APP, {}],
    ['uv --project x run shop', APP, {}],
    ['uv run shop', APP, { env: { UV_NO_SYNC: '1' } }],
    ['uv run tool.py', { ...APP, '/app/tool.py': '# /// script\n# dependencies = []\n# ///\n' }, {}],
    ['uv run made.py', APP, {}],
    ['python -m uv run shop', APP, {}],
    ['uv run shop', { '/app/pyproject.toml': '[tool.ruff]\n', '/app/uv.lock': 'version = 1\n' }, {}],
  ])('nothing is added before %s', (text, texts, changes) => {
    expect(run(text, texts, changes).fetch).toBeUndefined()
  })

  it('uv run needs the whole lockfile', () => {
    const { '/app/uv.lock': _, ...unlocked } = APP
    const missing = { code: 'missing-file', file: 'uv.lock', command: 'uv run shop' }
    expect(run('uv run shop', unlocked).fetch).toEqual(missing)
    const stale = { ...APP, '/app/uv.lock': `version = 1\n${CLICK}${entry('shop', 'editable = "."')}` }
    expect(run('uv run shop', stale).fetch).toMatchObject({
      code: 'incomplete-lockfile',
      dependency: 'click',
    })
    expect(run('uv run --frozen shop', stale).fetch).toHaveProperty('command')
  })

  it.each<[string, Texts, Changes, Reason | undefined]>([
    ['uv sync --frozen', PLAIN, {}, undefined],
    [
      'uv sync',
      { '/app/pyproject.toml': PROJECT + SYSTEM },
      {},
      { code: 'missing-file', file: 'uv.lock', command: 'uv sync' },
    ],
    [
      'uv sync',
      { ...APP, '/app/uv.lock': `version = 1\n${entry('shop', 'editable = "."')}` },
      {},
      { code: 'incomplete-lockfile', file: 'uv.lock', dependency: 'click', fix: 'uv lock' },
    ],
    [
      'uv sync',
      { ...APP, '/app/pyproject.toml': `${PROJECT}[dependency-groups]\ndev = ["pytest"]\n${SYSTEM}` },
      {},
      { code: 'incomplete-lockfile', file: 'uv.lock', dependency: 'pytest', fix: 'uv lock' },
    ],
    ['uv sync', APP, { env: { UV_LOCKED: '1' } }, { code: 'unknown-argument', text: 'UV_LOCKED' }],
    ['uv sync --upgrade', APP, {}, { code: 'unknown-argument', text: 'uv sync --upgrade' }],
    ['uv sync $FLAGS', APP, {}, { code: 'unknown-argument', text: 'uv sync $FLAGS' }],
  ])('%s is not added', (text, texts, changes, reason) => {
    expect(run(text, texts, changes).fetch).toEqual(reason)
  })
})

describe('refusals', () => {
  const text = 'uv sync --frozen --no-install-project'
  it.each<[string, Texts, Changes, Reason]>([
    [text, {}, {}, { code: 'missing-file', file: 'pyproject.toml', command: text }],
    [
      text,
      APP,
      { env: { UV_LINK_MODE: 'symlink' } },
      { code: 'unknown-argument', text: 'UV_LINK_MODE=symlink' },
    ],
    [
      text,
      APP,
      { env: { UV_PROJECT_ENVIRONMENT: undefined } },
      { code: 'unknown-argument', text: 'UV_PROJECT_ENVIRONMENT' },
    ],
    [`${text} --check`, APP, {}, { code: 'unknown-argument', text: `${text} --check` }],
    [
      text,
      { ...APP, '/app/uv.toml': 'cache-dir = ".uv"\n' },
      {},
      { code: 'unknown-argument', text: 'cache-dir in the settings of uv' },
    ],
    [
      text,
      {
        ...APP,
        '/app/uv.lock': LOCK + entry('money', 'directory = "libs/money"'),
        '/app/libs/money/setup.py': '',
      },
      {},
      { code: 'local-dependency', file: 'uv.lock', dependency: 'libs/money' },
    ],
    [
      text,
      { ...SPACE, '/app/pyproject.toml': `${PROJECT}[tool.uv.workspace]\nmembers = ["packages/[a-m]*"]\n` },
      {},
      {
        code: 'unreadable-manifest',
        file: 'pyproject.toml',
        problem: 'the member pattern packages/[a-m]* is not understood',
      },
    ],
    [
      'uv sync --no-install-project',
      {
        ...APP,
        '/app/pyproject.toml': PROJECT.replace('version = "1.0.0"', 'dynamic = ["version"]') + SYSTEM,
      },
      {},
      { code: 'installs-project', file: 'pyproject.toml', text: 'dynamic = ["version"]' },
    ],
    ['uv add flask', APP, {}, { code: 'edits-manifest', command: 'uv add flask', file: 'pyproject.toml' }],
    ['uv lock', APP, {}, { code: 'edits-manifest', command: 'uv lock', file: 'uv.lock' }],
    ['uv pip install .', APP, {}, { code: 'installs-project', text: 'uv pip install .' }],
    ['uv pip install -e .', APP, {}, { code: 'installs-project', text: 'uv pip install -e .' }],
    [
      'uv pip install --system -e ".[dev]"',
      APP,
      {},
      { code: 'installs-project', text: 'uv pip install --system -e ".[dev]"' },
    ],
    [
      'uv pip install -r setup.py',
      APP,
      {},
      { code: 'installs-project', file: 'setup.py', text: 'uv pip install -r setup.py' },
    ],
    [
      'uv pip install -r r.txt',
      APP,
      {},
      { code: 'missing-file', file: 'r.txt', command: 'uv pip install -r r.txt' },
    ],
    [
      'uv pip install -r r.txt',
      { ...APP, '/app/r.txt': '-e ./libs/money\n', '/app/libs/money/setup.py': '' },
      {},
      { code: 'local-dependency', file: 'r.txt', dependency: 'libs/money' },
    ],
    [
      'uv pip install -r r.txt',
      { ...SPACE, '/app/r.txt': './packages/money\n' },
      {},
      { code: 'local-dependency', file: 'r.txt', dependency: 'packages/money' },
    ],
    [
      'uv pip install -r pyproject.toml',
      { '/app/pyproject.toml': '[project]\nname = "x"\ndynamic = ["dependencies"]\n' },
      {},
      { code: 'installs-project', file: 'pyproject.toml', text: 'uv pip install -r pyproject.toml' },
    ],
    [
      'uv pip install -r pyproject.toml',
      { '/app/pyproject.toml': `${PROJECT}[tool.uv.sources]\nmoney = { path = "libs/money" }\n` },
      {},
      { code: 'local-dependency', file: 'pyproject.toml', dependency: 'money' },
    ],
  ])('%s', (command, texts, changes, reason) => {
    expect(run(command, texts, changes).effect).toEqual(refusal(reason))
  })
})

describe('uv pip', () => {
  const texts: Texts = {
    '/app/requirements.txt': '-c limits.txt\nclick\n',
    '/app/limits.txt': 'click==8.1.7\n',
  }
  it.each([
    'uv pip install -r requirements.txt',
    'uv pip install --system --no-cache -r requirements.txt',
    'uv pip sync requirements.txt --system',
    'uv pip install --requirement=requirements.txt --compile-bytecode',
    'python -m uv pip install -r requirements.txt',
    'uv pip install -p /opt/venv/bin/python -r requirements.txt',
  ])('%s', (text) => {
    const { effect, found } = run(text, texts)
    expect(effect).toMatchObject({ known: true, role: 'install' })
    expect(found).toEqual(['/app/requirements.txt', '/app/limits.txt'])
  })

  it('reads the whole of a directory, and the manifests above it', () => {
    const { effect, found, trees } = run('uv pip install -r libs/r.txt', {
      '/app/pyproject.toml': PROJECT,
      '/app/libs/r.txt': './libs/money\n',
      '/app/libs/money/pyproject.toml': MONEY,
    })
    expect(effect).toMatchObject({ known: true, role: 'install' })
    expect(found).toEqual(expect.arrayContaining(['/app/pyproject.toml', '/app/libs/r.txt']))
    expect(trees).toContain('/app/libs/money')
  })

  it('reads the manifest around it for its settings, and for its dependencies', () => {
    const { found } = run('uv pip install -r requirements.txt', { ...texts, '/app/pyproject.toml': PROJECT })
    expect(found).toEqual(['/app/pyproject.toml', '/app/requirements.txt', '/app/limits.txt'])
    const own = run('uv pip install -r pyproject.toml --extra web')
    expect(own.effect).toMatchObject({ known: true, role: 'install' })
    expect(own.found).toEqual(['/app/pyproject.toml'])
  })

  it('writes the system, or the environment beside the project', () => {
    expect(run('uv pip install --system flask', {}).kept).not.toContain('/app/.venv')
    expect(run('uv pip install flask', {}, { env: { UV_SYSTEM_PYTHON: '1' } }).kept).not.toContain(
      '/app/.venv',
    )
    expect(run('uv pip install flask', {}).kept).toContain('/app/.venv')
    expect(run('uv pip install flask', {}, { env: { VIRTUAL_ENV: '/opt/venv' } }).kept).toContain('/opt/venv')
    expect(run('uv pip install --target deps flask', {}).kept).toEqual([
      '/app/deps',
      '/root/.local/share/uv/python',
    ])
    expect(run('uv pip install -p /opt/venv/bin/python flask', {}).kept).toContain('/opt/venv')
  })
})

describe('other commands', () => {
  it.each([
    ['uv --version', 'none'],
    ['uv pip install flask gunicorn==22.0', 'tool'],
    ['uv pip install "poetry==$POETRY_VERSION"', 'tool'],
    ['uv pip uninstall wheel', 'tool'],
    ['uv venv', 'tool'],
    ['uv venv /opt/venv --python 3.12', 'tool'],
    ['uv tool install ruff', 'tool'],
    ['uv python install 3.12', 'tool'],
    ['uv cache clean', 'files'],
    ['uv export --frozen -o requirements.txt', 'files'],
    ['uv export --frozen --no-dev', 'none'],
  ])('%s is %s', (text, role) => {
    expect(run(text).effect).toMatchObject({ known: true, role })
  })

  it.each(['uv build', 'uv pip compile r.in', 'uv tool install ./tool', 'uv frobnicate', 'uv self update'])(
    '%s is opaque',
    (text) => {
      expect(run(text).effect).toEqual({ known: false })
    },
  )

  it.each(['uv', './uv sync', 'uvx ruff', 'pip install uv'])('%s is not its own', (text) => {
    expect(run(text, { ...APP, '/app/uv': '' }).effect).toBeUndefined()
  })
})
