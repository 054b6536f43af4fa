import { describe, expect, it } from 'vitest'
import { pip } from '../../src/ecosystems/pip/index.ts'
import { parseRequirementSpec } from '../../src/ecosystems/shared/requirement-spec.ts'
import { parseRequirements } from '../../src/ecosystems/shared/requirements.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

interface Result {
  readonly effect: Effect | undefined
  /** Looks at files that are there. */
  readonly found: readonly string[]
  readonly paths: readonly string[]
  readonly trees: readonly string[]
}

function run(
  text: string,
  texts: Readonly<Record<string, string>> = {},
  changes: Parameters<typeof toCommand>[1] = {},
  options: FakeOptions = {},
): Result {
  const { files, looks } = fakeFiles(texts, options)
  const effect = pip.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  return effect?.known === true ? effect.writes : []
}

const HATCHLING = '[build-system]\nrequires = ["hatchling"]\n'
const FLAT = { '/app/requirements.txt': 'flask==3.0\n', '/app/app.py': 'print(1)' }

describe('spellings', () => {
  it.each([
    'pip install -r requirements.txt',
    'pip3 install -rrequirements.txt',
    'pip3.12 install --requirement requirements.txt',
    'pip install --requirement=requirements.txt',
    '/usr/local/bin/pip install --no-cache-dir -r requirements.txt',
    '/opt/venv/bin/pip install -r ./requirements.txt',
    'venv/bin/pip install -r requirements.txt',
    'python -m pip install -r requirements.txt',
    'python3 -u -m pip --no-cache-dir install -U -r requirements.txt',
    'python3.11 -mpip install -r requirements.txt',
    'pip --disable-pip-version-check install -q -r requirements.txt',
    'pip-sync requirements.txt',
    'pip-sync',
  ])('%s', (text) => {
    const { effect, found } = run(text, FLAT)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(['/app/requirements.txt'])
  })

  it.each([
    ['pip wheel -r requirements.txt -w /wheels', 'fetch'],
    ['pip download -d /wheels -r requirements.txt', 'fetch'],
    ['pip install flask==3.0 gunicorn', 'tool'],
    ['pip install --upgrade pip setuptools wheel', 'tool'],
    ['pip install "poetry==$POETRY_VERSION"', 'tool'],
    ['pip install git+https://github.com/a/b.git@main', 'tool'],
    ['pip install https://example.com/a-1.0-py3-none-any.whl', 'tool'],
    ['pip uninstall -y setuptools', 'tool'],
    ['pip install -r requirements.txt gunicorn', 'install'],
    ['python -m ensurepip --upgrade', 'tool'],
    ['pip --version', 'none'],
    ['python --version', 'none'],
    ['pip freeze', 'none'],
    ['pip config set global.index-url https://example.com/simple', 'files'],
    ['pip cache purge', 'files'],
    ['python -m venv /opt/venv', 'tool'],
    ['virtualenv -p python3 /opt/venv', 'tool'],
  ])('%s is %s', (text, role) => {
    expect(run(text, FLAT).effect).toMatchObject({ known: true, role })
  })

  it.each([
    'python setup.py build',
    'python manage.py collectstatic',
    'python -c print(1)',
    'python',
    'pip-compile',
    'pip frobnicate',
    'pip install --some-new-option x.txt -r requirements.txt',
  ])('%s is opaque', (text) => {
    expect(run(text, FLAT).effect?.known).not.toBe(true)
  })

  it.each([
    'python -m poetry install',
    'python -m build',
    './pip install x',
    'uv pip install x',
    '/app/bin2/pip install x',
  ])('%s is not its own', (text) => {
    expect(run(text, FLAT).effect).toBeUndefined()
  })
})

describe('requirements files', () => {
  it('follows files relative to the file that names them', () => {
    const { effect, found } = run('pip install -r requirements/prod.txt', {
      '/app/requirements/prod.txt':
        '-r base.txt\n--constraint=../constraints.txt\ngunicorn \\\n  --hash=sha256:aa\n',
      '/app/requirements/base.txt':
        '# -r nothing.txt\nflask # -r no.txt\n-rextra/more.txt\n-r https://example.com/r.txt\n',
      '/app/requirements/extra/more.txt': '-r ../base.txt\n',
      '/app/constraints.txt': 'flask==3.0\n',
      '/app/requirements/dev.txt': 'pytest\n',
    })
    expect(effect).toMatchObject({ known: true, role: 'install' })
    expect(found).toEqual([
      '/app/requirements/prod.txt',
      '/app/requirements/base.txt',
      '/app/requirements/extra/more.txt',
      '/app/constraints.txt',
    ])
  })

  it('reads local wheels relative to the working directory', () => {
    const { effect, found } = run('pip install -r deps/r.txt', {
      '/app/deps/r.txt':
        './wheels/a-1.0-py3-none-any.whl ; python_version > "3"\nb @ file:///app/wheels/b.tar.gz\n',
      '/app/wheels/a-1.0-py3-none-any.whl': '',
      '/app/wheels/b.tar.gz': '',
    })
    expect(effect).toMatchObject({ known: true })
    expect(found).toEqual(['/app/deps/r.txt', '/app/wheels/a-1.0-py3-none-any.whl', '/app/wheels/b.tar.gz'])
  })

  it('reads link directories beside the file first, then in the working directory', () => {
    const texts = { '/app/deps/r.txt': '--find-links wheels\n--no-index\nflask\n' }
    expect(run('pip install -r deps/r.txt', { ...texts, '/app/deps/wheels/a.whl': '' }).trees).toContain(
      '/app/deps/wheels',
    )
    expect(run('pip install -r deps/r.txt', { ...texts, '/app/wheels/a.whl': '' }).trees).toContain(
      '/app/wheels',
    )
  })

  it('reads what the environment names', () => {
    const { found } = run(
      'pip install flask',
      { '/app/c.txt': 'flask==3.0' },
      { env: { PIP_CONSTRAINT: 'c.txt' } },
    )
    expect(found).toEqual(['/app/c.txt'])
    const { effect } = run('pip install', FLAT, { env: { PIP_REQUIREMENT: 'requirements.txt' } })
    expect(effect).toMatchObject({ known: true, role: 'install' })
  })

  it('replaces variables that are known', () => {
    const texts = { '/app/r.txt': '-r ${DIR}/more.txt\n', '/app/deps/more.txt': 'flask\n' }
    expect(run('pip install -r r.txt', texts, { env: { DIR: 'deps' } }).effect).toMatchObject({ known: true })
    expect(run('pip install -r r.txt', texts).effect).toMatchObject({
      known: false,
      role: 'install',
      reason: { code: 'unknown-argument', text: '-r ${DIR}/more.txt' },
    })
  })

  it('looks at no other file of the project', () => {
    const { paths } = run('pip install -r requirements.txt', {
      ...FLAT,
      '/app/setup.py': '',
      '/app/pyproject.toml': '',
    })
    expect(paths.filter((path) => path.startsWith('/app'))).toEqual(['/app/requirements.txt'])
  })

  it.each(['-r r.txt', '-e ./lib', './lib[web]', 'file:///app/lib'])(
    'reads the whole of a directory: %s',
    (args) => {
      const texts = {
        '/app/r.txt': './lib\n',
        '/app/lib/pyproject.toml': HATCHLING,
        '/app/lib/money.py': '',
      }
      const { effect, trees } = run(`pip install ${args}`, texts)
      expect(effect).toMatchObject({ known: true, role: 'install' })
      expect(trees).toContain('/app/lib')
    },
  )

  it('reads the groups of pyproject.toml', () => {
    const { effect, found } = run('pip install --group dev', {
      '/app/pyproject.toml': '[dependency-groups]\ndev = []',
    })
    expect(effect).toMatchObject({ known: true, role: 'install' })
    expect(found).toEqual(['/app/pyproject.toml'])
  })
})

describe('refusals', () => {
  it.each([
    [
      'pip install -r absent.txt',
      {},
      { code: 'missing-file', file: 'absent.txt', command: 'pip install -r absent.txt' },
    ],
    ['pip install -r $FILE', {}, { code: 'unknown-argument', text: 'pip install -r $FILE' }],
    ['pip install $NAMES_FILE', {}, { code: 'unknown-argument', text: 'pip install $NAMES_FILE' }],
    ['pip install -r *.txt', {}, { code: 'unknown-argument', text: 'pip install -r *.txt' }],
    ['pip install -r /dev/stdin', {}, { code: 'unknown-argument', text: 'pip install -r /dev/stdin' }],
    ['pip install .', {}, { code: 'installs-project', text: 'pip install .' }],
    ['pip install .[dev]', {}, { code: 'installs-project', text: 'pip install .[dev]' }],
    ['pip install -e .', {}, { code: 'installs-project', text: 'pip install -e .' }],
    [
      'pip install -e lib',
      { '/app/lib/setup.py': '' },
      { code: 'installs-project', text: 'pip install -e lib' },
    ],
    [
      'pip install ./lib',
      { '/app/lib/setup.py': '' },
      { code: 'installs-project', text: 'pip install ./lib' },
    ],
    ['pip install lib/', { '/app/lib/setup.py': '' }, { code: 'installs-project', text: 'pip install lib/' }],
    [
      'pip install file:lib',
      { '/app/lib/setup.py': '' },
      { code: 'installs-project', text: 'pip install file:lib' },
    ],
    [
      'pip install -r r.txt',
      { '/app/r.txt': 'flask\n-e .\n' },
      { code: 'installs-project', file: 'r.txt', text: '-e .' },
    ],
    [
      'pip install -r r.txt',
      { '/app/r.txt': '-e ./lib#egg=lib\n', '/app/lib/setup.py': '' },
      { code: 'local-dependency', file: 'r.txt', dependency: 'lib' },
    ],
    [
      'pip install -r r.txt',
      { '/app/r.txt': '../shared\n', '/shared/setup.py': '' },
      { code: 'local-dependency', file: 'r.txt', dependency: '/shared' },
    ],
    [
      'pip install -r r.txt',
      { '/app/r.txt': './a.whl\n' },
      { code: 'missing-file', file: 'a.whl', command: 'pip install -r r.txt' },
    ],
    [
      'pip install -r r.txt',
      { '/app/r.txt': 'flask --frobnicate\n' },
      { code: 'unreadable-manifest', file: 'r.txt', problem: '"flask --frobnicate" is not known' },
    ],
    [
      'pip install -r r.txt',
      { '/app/r.txt': './lib\n' },
      { code: 'missing-file', file: 'lib', command: './lib' },
    ],
    [
      'pip install -r r.txt',
      {
        '/app/r.txt': './lib\n',
        '/app/lib/pyproject.toml': `${HATCHLING}[project]\ndependencies = ["tax @ {root:parent:uri}/tax"]\n`,
      },
      { code: 'local-dependency', file: 'lib/pyproject.toml', dependency: 'tax @ {root:parent:uri}/tax' },
    ],
    [
      'pip install -r r.txt',
      {
        '/app/r.txt': './lib\n',
        '/app/lib/pyproject.toml': `${HATCHLING}[tool.hatch.version]\nsource = "code"\n`,
      },
      { code: 'local-dependency', file: 'r.txt', dependency: 'lib' },
    ],
    [
      'pip install --group web',
      { '/app/pyproject.toml': '[dependency-groups]\nweb = ["money @ file:///app/lib"]\n' },
      { code: 'local-dependency', file: 'pyproject.toml', dependency: 'money @ file:///app/lib' },
    ],
    [
      'pip install --group web',
      {},
      { code: 'missing-file', file: 'pyproject.toml', command: 'pip install --group web' },
    ],
    [
      'python setup.py install',
      {},
      { code: 'installs-project', file: 'setup.py', text: 'python setup.py install' },
    ],
    ['pip install -t $DIR flask', {}, { code: 'unknown-argument', text: 'pip install -t $DIR flask' }],
  ])('%s', (text, texts, reason) => {
    expect(run(text, texts).effect).toEqual({ known: false, role: 'install', reason })
  })

  it.each([
    ['symlink', { code: 'symlink', file: 'requirements.txt' }],
    ['unknown', { code: 'changed-input', file: 'requirements.txt' }],
  ] as const)('a requirements file that is %s', (kind, reason) => {
    const result = run(
      'pip install -r requirements.txt',
      FLAT,
      {},
      { kinds: { '/app/requirements.txt': kind } },
    )
    expect(result.effect).toEqual({ known: false, role: 'install', reason })
  })

  it('settings that name files', () => {
    const texts = { ...FLAT, '/etc/pip.conf': '[global]\nconstraint = /app/c.txt\n' }
    expect(run('pip install -r requirements.txt', texts).effect?.known).toBe(false)
    const plain = { ...FLAT, '/etc/pip.conf': '[global]\nindex-url = https://example.com\n' }
    expect(run('pip install -r requirements.txt', plain).found).toContain('/etc/pip.conf')
  })

  it('an unknown PYTHONPATH', () => {
    expect(run('pip install flask', {}, { env: { PYTHONPATH: undefined } }).effect).toMatchObject({
      known: false,
      reason: { code: 'unknown-argument', text: 'PYTHONPATH' },
    })
  })
})

describe('what stands in place of Python’s modules', () => {
  it('python -m searches the working directory', () => {
    const texts = { ...FLAT, '/app/types.py': '', '/app/queue/__init__.py': '' }
    expect(run('python -m pip install -r requirements.txt', texts).found).toEqual([
      '/app/queue/__init__.py',
      '/app/types.py',
      '/app/requirements.txt',
    ])
    expect(run('pip install -r requirements.txt', texts).found).toEqual(['/app/requirements.txt'])
    expect(run('python -I -m pip install -r requirements.txt', texts).found).toEqual([
      '/app/requirements.txt',
    ])
  })

  it('PYTHONPATH comes before the standard library', () => {
    const texts = { ...FLAT, '/app/src/logging.py': '' }
    const { found } = run('pip install -r requirements.txt', texts, { env: { PYTHONPATH: '/app/src' } })
    expect(found).toContain('/app/src/logging.py')
  })
})

describe('places', () => {
  const cache = { tree: '/root/.cache/pip', mode: 'merge', allow: 'cache' }
  const own = [{ system: true }, { tree: '/root/.local', mode: 'merge' }]

  it.each<[string, Record<string, string>, readonly unknown[]]>([
    ['pip install flask', {}, [...own, cache]],
    ['pip install --no-cache-dir flask', {}, own],
    ['pip install flask', { PIP_NO_CACHE_DIR: 'off' }, own],
    ['pip install flask', { PIP_CACHE_DIR: '/c' }, [...own, { ...cache, tree: '/c' }]],
    [
      'pip install --no-cache-dir flask',
      { VIRTUAL_ENV: '/opt/venv' },
      [...own, { tree: '/opt/venv', mode: 'merge' }],
    ],
    [
      'pip install --no-cache-dir flask',
      { PATH: '/opt/venv/bin:/usr/local/bin:/opt/other/bin' },
      [...own, { tree: '/opt/venv', mode: 'merge' }],
    ],
    ['/opt/venv/bin/pip install --no-cache-dir flask', {}, [...own, { tree: '/opt/venv', mode: 'merge' }]],
    [
      '.venv/bin/pip install --no-cache-dir flask',
      {},
      [...own, { tree: '/app/.venv', mode: 'merge', ignore: '**/.venv' }],
    ],
    ['pip install --no-cache-dir -t /deps flask', {}, [{ tree: '/deps', mode: 'merge' }]],
    ['pip install --no-cache-dir -t . flask', {}, [{ tree: '/app', mode: 'merge' }]],
    [
      'pip install --no-cache-dir --target libs flask',
      {},
      [{ tree: '/app/libs', mode: 'merge', ignore: '**/libs' }],
    ],
    ['pip install --no-cache-dir --prefix=/install flask', {}, [...own, { tree: '/install', mode: 'merge' }]],
    [
      'pip install --no-cache-dir -e git+https://github.com/a/b.git#egg=b',
      {},
      [...own, { tree: '/app/src/b', mode: 'merge' }],
    ],
    ['pip wheel --no-cache-dir flask', {}, [{ tree: '/app', mode: 'merge' }]],
    ['python -m venv /opt/venv', {}, [{ tree: '/opt/venv', mode: 'merge' }]],
    ['python -m venv --clear .venv', {}, [{ tree: '/app/.venv', mode: 'replace', ignore: '**/.venv' }]],
  ])('%s %j', (text, env, writes) => {
    expect(writesOf(run(text, {}, { env }).effect)).toEqual(writes)
  })

  it('uses the home of the user', () => {
    const { effect } = run('pip install flask', {}, { user: 'app', home: '/home/app' })
    expect(writesOf(effect)).toContainEqual({ tree: '/home/app/.local', mode: 'merge' })
  })

  it('takes wheels that an earlier step built', () => {
    const { effect, trees } = run('pip install --no-index /wheels/*', {})
    expect(effect).toMatchObject({ known: true, role: 'install' })
    expect(trees).toContain('/wheels')
    expect(run('pip install ./libs/*', { '/app/libs/a/setup.py': '' }).effect?.known).toBe(false)
  })
})

describe('parsing', () => {
  it('joins lines as pip does', () => {
    const lines = parseRequirements('\uFEFFa==1 \\\n# comment\nb\r\nc \\\n', new Map())
    expect(lines.map((line) => line.text)).toEqual(['a==1', 'b', 'c'])
  })

  it('splits options as a shell does', () => {
    const [line] = parseRequirements('-r "my file.txt"', new Map())
    expect(line?.includes).toEqual(['my file.txt'])
  })

  it.each([
    ['flask', false, { kind: 'remote' }],
    ['flask[async]>=2,<3 ; python_version>"3"', false, { kind: 'remote' }],
    ['django==4.*', false, { kind: 'remote' }],
    ['a @ https://example.com/a.whl', false, { kind: 'remote' }],
    ['git+ssh://git@github.com/a/b.git', false, { kind: 'remote' }],
    ['git+https://github.com/a/b.git#egg=b&subdirectory=x', true, { kind: 'checkout', egg: 'b' }],
    ['git+file:///app/lib', false, { kind: 'directory', path: '/app/lib' }],
    ['./lib[extra]', false, { kind: 'directory', path: './lib' }],
    ['.', false, { kind: 'directory', path: '.' }],
    ['lib', true, { kind: 'directory', path: 'lib' }],
    ['a-1.0.tar.gz', false, { kind: 'archive', path: 'a-1.0.tar.gz' }],
    ['file:wheels/a%2B1.whl', false, { kind: 'archive', path: 'wheels/a+1.whl' }],
    ['a@file:///w/a.whl', false, { kind: 'archive', path: '/w/a.whl' }],
  ] as const)('%s', (spec, editable, expected) => {
    expect(parseRequirementSpec(spec, editable)).toEqual(expected)
  })
})
