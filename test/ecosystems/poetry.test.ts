import { describe, expect, it } from 'vitest'
import { poetry } from '../../src/ecosystems/poetry/index.ts'
import { fakeCommand } from './fake-files.ts'
import { toAddedCommand } from '../../src/ecosystems/shared/added-command.ts'
import { createRun, placeOf, refusal, type Changes, type Texts } from './create-run.ts'
import type { Reason } from '../../src/findings/reasons.ts'

const SYSTEM = '[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n'
const SHOP = `[tool.poetry]\nname = "shop"\nversion = "1.0.0"\nreadme = "README.md"\n[tool.poetry.dependencies]\npython = "^3.11"\nclick = "^8"\n`
const LOCK = '[[package]]\nname = "click"\nversion = "8.1.7"\n\n[metadata]\nlock-version = "2.0"\n'
const APP: Texts = {
  '/app/pyproject.toml': SHOP + SYSTEM,
  '/app/poetry.lock': LOCK,
  '/app/shop/__init__.py': '',
}
const MANIFESTS = ['/app/pyproject.toml', '/app/poetry.lock']
const run = createRun(poetry, APP)

/** The project without a package of its own. */
const PLAIN: Texts = { ...APP, '/app/pyproject.toml': SHOP.replace('readme', 'package-mode = false\nreadme') }

/** The project with something added to its manifest or lockfile. */
function withManifest(text: string, more: Texts = {}): Texts {
  return { ...APP, '/app/pyproject.toml': `${SHOP}${text}\n${SYSTEM}`, ...more }
}

function withPath(type: string, url: string, more: Texts = {}): Texts {
  const entry = `[[package]]\nname = "money"\nversion = "1"\n[package.source]\ntype = "${type}"\nurl = "${url}"\n`
  return { ...APP, '/app/poetry.lock': entry + LOCK, ...more }
}

describe('poetry install', () => {
  it.each<[string, Texts?, Changes?]>([
    ['poetry install --no-root'],
    ['poetry install --no-root --no-interaction --no-ansi --only main'],
    ['poetry install --no-root -E pgsql --without dev,test -vvv'],
    ['poetry -n install --no-root --all-extras --compile'],
    ['poetry install --no-root --sync --no-dev'],
    ['poetry sync --no-root'],
    ['/opt/poetry/bin/poetry install --no-root'],
    ['python -m poetry install --no-root'],
    ['python3.12 -u -m poetry install --no-root'],
    ['poetry install', PLAIN],
    ['poetry install --only main --no-cache', PLAIN],
    ['poetry install --no-root', APP, { cwd: '/app/shop' }],
    ['poetry install --no-root -C /app', APP, { cwd: '/' }],
    ['poetry --directory=/app install --no-root', APP, { cwd: '/srv' }],
    ['poetry --project /app install --no-root', APP, { cwd: '/srv' }],
  ])('%s', (text, texts = APP, changes = {}) => {
    const { effect, found, fetch } = run(text, texts, changes)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(MANIFESTS)
    expect(fetch).toBeUndefined()
  })

  it('reads settings beside the manifest', () => {
    const { found } = run('poetry install --no-root', {
      ...APP,
      '/app/poetry.toml': '[virtualenvs]\nin-project = true\n',
    })
    expect(found).toEqual([...MANIFESTS, '/app/poetry.toml'])
  })

  it('reads the directories and archives that the lockfile names', () => {
    const money = { '/app/libs/money/pyproject.toml': SYSTEM, '/app/.gitignore': '' }
    const { effect, trees, found } = run(
      'poetry install --no-root',
      withPath('directory', 'libs/money', money),
    )
    expect(effect?.known).toBe(true)
    expect(trees).toContain('/app/libs/money')
    expect(found).toContain('/app/.gitignore')
    const wheel = withPath('file', 'wheels/money.whl', { '/app/wheels/money.whl': '' })
    expect(run('poetry install --no-root', wheel).found).toContain('/app/wheels/money.whl')
  })

  it('writes every place where the packages may lie, and the lockfile only when there is none', () => {
    const { kept, writes } = run('poetry install', PLAIN)
    expect(kept).toEqual(['system', '/root/.local', '/app/.venv', '/root/.cache/pypoetry/virtualenvs'])
    expect(writes).toContainEqual({ tree: '/app/.venv', mode: 'merge', ignore: '**/.venv' })
    expect(writes).toContainEqual({ tree: '/root/.cache/pypoetry/artifacts', mode: 'merge', allow: 'cache' })
    const { '/app/poetry.lock': _, ...unlocked } = PLAIN
    expect(run('poetry install', unlocked).kept).toContain('/app/poetry.lock')
  })

  it('follows variables that move the environment', () => {
    const env = {
      POETRY_CACHE_DIR: '/tmp/poetry',
      POETRY_VIRTUALENVS_PATH: '/venvs',
      VIRTUAL_ENV: '/opt/venv',
    }
    const { kept } = run('poetry install', PLAIN, { env })
    expect(kept).toEqual(expect.arrayContaining(['/tmp/poetry/virtualenvs', '/venvs', '/opt/venv']))
  })

  it('is a warm-up where the project is a package', () => {
    const { writes } = run('poetry install --no-root')
    expect(writes.filter(({ allow }) => allow === 'warm-up').map(placeOf)).toContain('/app/.venv')
    expect(run('poetry install --no-root').kept).toEqual([])
    expect(run('poetry install').effect).toEqual({ known: false, role: 'build' })
    expect(run('poetry install --only-root').effect).toEqual({ known: false, role: 'build' })
  })
})

describe('the added step', () => {
  it.each([
    ['poetry install', 'poetry install --no-root'],
    ['poetry install --only main -E pgsql', 'poetry install --only main -E pgsql --no-root'],
    ['poetry install     --no-interaction', 'poetry install --no-interaction --no-root'],
    ['poetry sync', 'poetry sync --no-root'],
  ])('%s', (text, command) => {
    expect(run(text).fetch).toEqual({ command, cwd: '/app' })
  })

  it.each([
    ['A=1 poetry install \\\n    -E "a  b"', 'A=1 poetry install -E "a  b" --no-root'],
    ["sudo poetry install --only 'main'", "sudo poetry install --only 'main' --no-root"],
  ])('keeps the spelling of %s', (text, command) => {
    expect(toAddedCommand({ ...fakeCommand('poetry install'), text }, ['--no-root'])).toEqual({
      command,
      cwd: '/app',
    })
  })

  it('is not made from the exec form', () => {
    const command = { ...fakeCommand('poetry install'), text: '["poetry", "install"]' }
    expect(toAddedCommand(command, ['--no-root'])).toEqual({ code: 'run-form', form: 'exec' })
  })

  it.each<[string, Texts, Reason | undefined]>([
    ['poetry install --only-root', APP, undefined],
    ['poetry install --no-root', APP, undefined],
    ['poetry build', APP, undefined],
    ['poetry install', PLAIN, undefined],
    ['poetry install $ARGS', APP, { code: 'unknown-argument', text: 'poetry install $ARGS' }],
    ['poetry install | tee log', APP, { code: 'unknown-argument', text: 'poetry install | tee log' }],
    [
      'poetry install',
      { '/app/pyproject.toml': SHOP + SYSTEM },
      { code: 'missing-file', file: 'poetry.lock', command: 'poetry install' },
    ],
  ])('%s is not added', (text, texts, reason) => {
    expect(run(text, texts).fetch).toEqual(reason)
  })
})

describe('refusals', () => {
  const text = 'poetry install --no-root'
  it.each<[string, Texts, Reason]>([
    [text, {}, { code: 'missing-file', file: 'pyproject.toml', command: text }],
    [`${text} $X`, APP, { code: 'unknown-argument', text: `${text} $X` }],
    [`${text} --dry-run`, APP, { code: 'unknown-argument', text: `${text} --dry-run` }],
    [
      'poetry add flask',
      APP,
      { code: 'edits-manifest', command: 'poetry add flask', file: 'pyproject.toml' },
    ],
    ['poetry lock', APP, { code: 'edits-manifest', command: 'poetry lock', file: 'poetry.lock' }],
    [
      'poetry config --local virtualenvs.create false',
      APP,
      {
        code: 'edits-manifest',
        command: 'poetry config --local virtualenvs.create false',
        file: 'poetry.toml',
      },
    ],
    [
      text,
      withManifest('[tool.poetry-dynamic-versioning]\nenable = true'),
      { code: 'reads-sources', text, path: '.git' },
    ],
    [
      text,
      withManifest('[tool.poetry.requires-plugins]\nx = "1"'),
      { code: 'manifest-runs-code', file: 'pyproject.toml', text: 'requires-plugins' },
    ],
    [
      text,
      { ...APP, '/app/poetry.toml': '[virtualenvs]\npath = "envs"\n' },
      { code: 'unknown-argument', text: 'virtualenvs.path in poetry.toml' },
    ],
    [text, withPath('directory', '.'), { code: 'installs-project', file: 'poetry.lock', text }],
    [
      text,
      withPath('directory', 'libs/money', { '/app/libs/money/setup.py': '' }),
      { code: 'local-dependency', file: 'poetry.lock', dependency: 'libs/money' },
    ],
    [text, withPath('directory', '../money'), { code: 'missing-file', file: '/money', command: text }],
    [
      text,
      { '/app/pyproject.toml': `${SHOP}money = { path = "libs/money" }\n${SYSTEM}` },
      { code: 'local-dependency', file: 'pyproject.toml', dependency: 'money' },
    ],
  ])('%s', (command, texts, reason) => {
    expect(run(command, texts).effect).toEqual(refusal(reason))
  })

  it.each([
    'requires = ["setuptools"]',
    'requires = ["poetry-core", "poetry-dynamic-versioning"]',
    'requires = ["hatchling", "hatch-vcs"]',
    'requires = ["hatchling"]\n[tool.hatch.version]\nsource = "vcs"',
    'requires = ["hatchling"]\n[tool.hatch.build.hooks.custom]\npath = "x.py"',
    'requires = ["poetry-core"]\n[tool.poetry.build]\nscript = "build.py"',
  ])('a local package that builds with %s', (system) => {
    const manifest = { '/app/libs/money/pyproject.toml': `[build-system]\n${system}\n` }
    expect(run(text, withPath('directory', 'libs/money', manifest)).effect).toEqual(
      refusal({ code: 'local-dependency', file: 'poetry.lock', dependency: 'libs/money' }),
    )
  })

  it('a manifest that is broken, a link or made by a command', () => {
    const broken = run(text, { ...APP, '/app/pyproject.toml': '[tool' }).effect
    expect(broken).toMatchObject({ reason: { code: 'unreadable-manifest', file: 'pyproject.toml' } })
    const link = run(text, APP, {}, { kinds: { '/app/poetry.lock': 'symlink' } }).effect
    expect(link).toEqual(refusal({ code: 'symlink', file: 'poetry.lock' }))
    const made = run(text, APP, {}, { kinds: { '/app/pyproject.toml': 'unknown' } }).effect
    expect(made).toEqual(refusal({ code: 'changed-input', file: 'pyproject.toml' }))
  })

  it('variables that are not known', () => {
    for (const name of ['PYTHONPATH', 'VIRTUAL_ENV', 'POETRY_CACHE_DIR', 'POETRY_VIRTUALENVS_PATH'])
      expect(run(text, APP, { env: { [name]: undefined } }).effect).toMatchObject({
        reason: { code: 'unknown-argument' },
      })
  })
})

describe('other commands', () => {
  it.each([
    ['poetry --version', 'none'],
    ['poetry config virtualenvs.create false', 'files'],
    ['poetry config virtualenvs.in-project true', 'files'],
    ['poetry config installer.max-workers 10', 'files'],
    ['poetry config --list', 'none'],
    ['poetry config virtualenvs.create', 'none'],
    ['poetry config --unset virtualenvs.create', 'files'],
    ['poetry self add poetry-plugin-export', 'tool'],
    ['poetry self update 1.8.3', 'tool'],
    ['poetry export -f requirements.txt -o requirements.txt --without-hashes', 'files'],
    ['poetry export -f requirements.txt', 'none'],
  ])('%s is %s', (text, role) => {
    expect(run(text).effect).toMatchObject({ known: true, role })
  })

  it.each([
    'poetry run python manage.py migrate',
    'poetry build',
    'poetry env use 3.12',
    'poetry config cache-dir /x',
    'poetry config virtualenvs.path /x',
    'poetry self add ./plugin',
    'poetry frobnicate',
  ])('%s is opaque', (text) => {
    expect(run(text).effect).toEqual({ known: false })
  })

  it.each([
    'poetry',
    './poetry install',
    'python -m poetry2 install',
    'python manage.py poetry',
    'npm install',
  ])('%s is not its own', (text) => {
    expect(run(text, { ...APP, '/app/poetry': '' }).effect).toBeUndefined()
  })
})
