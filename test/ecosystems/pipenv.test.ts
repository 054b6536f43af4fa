import { describe, expect, it } from 'vitest'
import { parse } from 'smol-toml'
import { hashPipfile } from '../../src/ecosystems/pipenv/pipfile-hash.ts'
import { pipenv } from '../../src/ecosystems/pipenv/index.ts'
import { createRun, placeOf, refusal, type Changes, type Texts } from './create-run.ts'
import type { Reason } from '../../src/findings/reasons.ts'

/** What pipenv 2026.10.3 locked, with the hash that it wrote. */
const PIPFILE = `[[source]]
url = "https://pypi.org/simple"
verify_ssl = true
name = "pypi"

[packages]
click = "==8.1.7"

[dev-packages]
idna = "*"

[requires]
python_version = "3.11"
`
const HASH = 'acf439e3d3d74f48927582faf46ef82e5acb5af7ce39768c8a0da2659d776cce'

function lock(packages: object = { click: { version: '==8.1.7' } }, hash = HASH): string {
  return JSON.stringify({ _meta: { hash: { sha256: hash } }, default: packages, develop: {} })
}

const APP: Texts = { '/app/Pipfile': PIPFILE, '/app/Pipfile.lock': lock(), '/app/app.py': '' }
const MANIFESTS = ['/app/Pipfile', '/app/Pipfile.lock']
const run = createRun(pipenv, APP)

describe('pipenv install', () => {
  it.each<[string, Changes?]>([
    ['pipenv install'],
    ['pipenv install --system --deploy'],
    ['pipenv install --deploy --ignore-pipfile --dev'],
    ['pipenv install --system --deploy --clear --python 3.12'],
    ['pipenv install --skip-lock'],
    ['pipenv sync --system'],
    ['pipenv sync --categories="packages docs"'],
    ['python -m pipenv install --system'],
    ['/usr/local/bin/pipenv install'],
    ['pipenv install', { cwd: '/app/src' }],
    ['pipenv install', { cwd: '/', env: { PIPENV_PIPFILE: '/app/Pipfile' } }],
  ])('%s', (text, changes = {}) => {
    const { effect, found } = run(text, APP, changes)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(MANIFESTS)
  })

  it('loads .env, and looks for .venv and pylock.toml', () => {
    const { found, paths } = run('pipenv install', { ...APP, '/app/.env': 'A=1' })
    expect(found).toEqual([...MANIFESTS, '/app/.env'])
    expect(paths).toEqual(expect.arrayContaining(['/app/.venv', '/app/pylock.toml']))
  })

  it('writes the system or an environment', () => {
    expect(run('pipenv install --system').kept).toEqual(['system', '/root/.local'])
    const { kept, writes } = run('pipenv install')
    expect(kept).toEqual(['system', '/root/.local', '/app/.venv', '/root/.local/share/virtualenvs'])
    expect(writes).toContainEqual({ tree: '/app/.venv', mode: 'merge', ignore: '**/.venv' })
    expect(run('pipenv install', APP, { env: { WORKON_HOME: '/venvs' } }).kept).toContain('/venvs')
  })

  it.each([
    ['pipenv install', APP, 'nothing'],
    ['pipenv install', { ...APP, '/app/Pipfile.lock': lock({}, 'x') }, 'lockfile'],
    ['pipenv install --deploy', { ...APP, '/app/Pipfile.lock': lock({}, 'x') }, 'nothing'],
    ['pipenv sync', { ...APP, '/app/Pipfile.lock': lock({}, 'x') }, 'nothing'],
    ['pipenv install --deploy', { '/app/Pipfile': PIPFILE }, 'new'],
    ['pipenv install --skip-lock', { '/app/Pipfile': PIPFILE }, 'nothing'],
  ])('%s locks when it must (%#)', (text, texts, expected) => {
    const found = run(text, texts).writes.find((write) => placeOf(write) === '/app/Pipfile.lock')
    expect(found === undefined ? 'nothing' : (found.allow ?? 'new')).toBe(expected)
  })
})

describe('the hash', () => {
  it("is pipenv's own", () => {
    expect(hashPipfile(parse(PIPFILE))).toBe(HASH)
  })

  it('covers categories, and escapes what is not ASCII', () => {
    const other = parse(`${PIPFILE}\n[docs]\nsphinx = "*"\n`)
    expect(hashPipfile(other)).not.toBe(HASH)
    expect(hashPipfile(parse(`${PIPFILE}\n[scripts]\nx = "ü"\n`))).toBe(HASH)
  })
})

describe('refusals', () => {
  it.each<[string, Texts, Reason]>([
    ['pipenv install', {}, { code: 'missing-file', file: 'Pipfile', command: 'pipenv install' }],
    [
      'pipenv sync',
      { '/app/Pipfile': PIPFILE },
      { code: 'missing-file', file: 'Pipfile.lock', command: 'pipenv sync' },
    ],
    [
      'pipenv install flask',
      APP,
      { code: 'edits-manifest', command: 'pipenv install flask', file: 'Pipfile' },
    ],
    [
      'pipenv install -r r.txt',
      APP,
      { code: 'edits-manifest', command: 'pipenv install -r r.txt', file: 'Pipfile' },
    ],
    ['pipenv install -e .', APP, { code: 'edits-manifest', command: 'pipenv install -e .', file: 'Pipfile' }],
    ['pipenv lock', APP, { code: 'edits-manifest', command: 'pipenv lock', file: 'Pipfile.lock' }],
    ['pipenv install $X', APP, { code: 'unknown-argument', text: 'pipenv install $X' }],
    ['pipenv install --frob', APP, { code: 'unknown-argument', text: 'pipenv install --frob' }],
    [
      'pipenv sync',
      { ...APP, '/app/Pipfile.lock': lock({ shop: { path: '.', editable: true } }) },
      { code: 'installs-project', file: 'Pipfile.lock', text: 'pipenv sync' },
    ],
    [
      'pipenv sync',
      {
        ...APP,
        '/app/Pipfile.lock': lock({ money: { path: './libs/money' } }),
        '/app/libs/money/setup.py': '',
      },
      { code: 'local-dependency', file: 'Pipfile.lock', dependency: 'libs/money' },
    ],
    [
      'pipenv install --skip-lock',
      { '/app/Pipfile': PIPFILE.replace('"==8.1.7"', '{ path = "./libs/click" }') },
      { code: 'missing-file', file: 'libs/click', command: 'pipenv install --skip-lock' },
    ],
    [
      'pipenv sync',
      { ...APP, '/app/Pipfile.lock': '<<<<<<<' },
      { code: 'unreadable-manifest', file: 'Pipfile.lock', problem: 'it is not JSON' },
    ],
  ])('%s (%#)', (text, texts, reason) => {
    expect(run(text, texts).effect).toEqual(refusal(reason))
  })

  it('links, and variables that are not known', () => {
    const link = run('pipenv sync', APP, {}, { kinds: { '/app/Pipfile.lock': 'symlink' } }).effect
    expect(link).toEqual(refusal({ code: 'symlink', file: 'Pipfile.lock' }))
    for (const name of ['PYTHONPATH', 'WORKON_HOME', 'PIPENV_PIPFILE', 'PIPENV_CACHE_DIR'])
      expect(run('pipenv install', APP, { env: { [name]: undefined } }).effect).toMatchObject({
        reason: { code: 'unknown-argument' },
      })
  })
})

describe('other commands', () => {
  it('are known where they only tell something', () => {
    for (const text of ['pipenv --version', 'pipenv requirements > requirements.txt'])
      expect(run(text).effect).toMatchObject({ known: true, role: 'none' })
  })

  it.each(['pipenv run pytest', 'pipenv check', 'pipenv --python 3.12', 'pipenv'])('%s is opaque', (text) => {
    expect(run(text).effect).toEqual({ known: false })
  })

  it.each(['./pipenv install', 'pip install pipenv', 'python -m pip install'])(
    '%s is not its own',
    (text) => {
      expect(run(text, { ...APP, '/app/pipenv': '' }).effect).toBeUndefined()
    },
  )
})
