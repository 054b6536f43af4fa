import { describe, expect, it } from 'vitest'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import { resolveCommand } from '../../src/knowledge.ts'
import { proveSame } from '../../src/model/prove.ts'
import type { FileTree } from '../../src/context/types.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'

type Texts = Readonly<Record<string, string>>

function treeOf(texts: Texts): FileTree {
  const names = Object.keys(texts)
  const isDir = (path: string): boolean => path === '' || names.some((name) => name.startsWith(`${path}/`))
  const below = (dir: string, name: string): string => (dir === '' ? name : name.slice(dir.length + 1))
  return {
    kind: (path) => (texts[path] !== undefined ? 'file' : isDir(path) ? 'dir' : undefined),
    list: (dir) =>
      [
        ...new Set(
          names
            .filter((name) => dir === '' || name.startsWith(`${dir}/`))
            .map((name) => below(dir, name).split('/')[0] ?? ''),
        ),
      ].sort(),
    read: (path) => texts[path],
    size: (path) => texts[path]?.length ?? 0,
    executable: () => false,
  }
}

function parse(lines: readonly string[]): Dockerfile {
  const result = parseDockerfile(`FROM base\nWORKDIR /app\n${lines.join('\n')}\n`)
  if (!('instructions' in result)) throw new Error('the test is no Dockerfile')
  return result
}

function isProven(texts: Texts, before: readonly string[], after: readonly string[]): boolean {
  return proveSame(parse(before), parse(after), treeOf(texts), resolveCommand).proven
}

const PYTHON = { 'requirements.txt': 'flask\n', 'app.py': '', 'logs/.keep': '' }
const GO = {
  'go.mod': 'module a\ngo 1.22\nrequire x.com/b v1.0.0\n',
  'go.sum': 'x.com/b v1.0.0 h1:a=\nx.com/b v1.0.0/go.mod h1:b=\n',
  'main.go': '',
}

/** A step above `COPY . .` instead of below it. */
function isMovable(texts: Texts, step: string, copied: readonly string[] = []): boolean {
  const manifests = copied.length === 0 ? [] : [`COPY ${copied.join(' ')} ./`]
  return isProven(texts, ['COPY . .', step], [...manifests, step, 'COPY . .'])
}

describe('a step above the sources', () => {
  it.each<[string, Texts, readonly string[]]>([
    ['RUN pip install -r requirements.txt', PYTHON, ['requirements.txt']],
    ['RUN python -m pip install -r requirements.txt', PYTHON, ['requirements.txt']],
    ['RUN pip install poetry', PYTHON, []],
    ['RUN apt-get update && apt-get install -y gcc && rm -rf /var/lib/apt/lists/*', PYTHON, []],
    ['RUN curl -fsSL https://example.com/t -o /usr/local/bin/t && chmod +x /usr/local/bin/t', PYTHON, []],
    ['RUN mkdir -p data', PYTHON, []],
    ['RUN gem install bundler', PYTHON, []],
    ['RUN useradd -m app', PYTHON, []],
    ['RUN go mod download', GO, ['go.mod', 'go.sum']],
    ['RUN go install x.com/c@v1', GO, []],
  ])('%s', (step, texts, copied) => {
    expect(isMovable(texts, step, copied)).toBe(true)
  })

  it.each<[string, string, Texts, readonly string[]]>([
    [
      'an included file is missing',
      'RUN pip install -r requirements.txt',
      { ...PYTHON, 'requirements.txt': '-r b.txt', 'b.txt': '' },
      ['requirements.txt'],
    ],
    [
      'a module of the project stands in front',
      'RUN python -m pip install -r requirements.txt',
      { ...PYTHON, 'types.py': '' },
      ['requirements.txt'],
    ],
    ['the directory is in the context', 'RUN mkdir -p logs', PYTHON, []],
    ['the owner of the sources', 'RUN chown -R 1:1 /app', PYTHON, []],
    ['a local package file', 'RUN apt-get install -y ./x.deb', { 'x.deb': '' }, []],
    ['a local gem', 'RUN gem install bundler', { 'bundler-2.gem': '' }, []],
    [
      'a value from the context',
      'RUN V=$(cat VERSION) && curl -o /x https://example.com/$V',
      { VERSION: '1' },
      [],
    ],
    ['the user owns the directory', 'RUN adduser -D -h /app app', PYTHON, []],
    [
      'a local replacement is missing',
      'RUN go mod download',
      { ...GO, 'go.mod': `${GO['go.mod']}replace x.com/b => ./b\n`, 'b/go.mod': 'module b' },
      ['go.mod', 'go.sum'],
    ],
    ['the build needs the sources', 'RUN go build -o /x .', GO, ['go.mod', 'go.sum']],
    ['a stamp of the time', 'RUN date > /built', PYTHON, []],
  ])('stays when %s', (_reason, step, texts, copied) => {
    expect(isMovable(texts, step, copied)).toBe(false)
  })
})

describe('two steps that depend on each other', () => {
  it.each([
    ['RUN apt-get install -y gcc', 'RUN useradd -m app'],
    ['COPY app.py /etc/nginx/nginx.conf', 'RUN apt-get install -y nginx'],
    ['COPY app.py /usr/local/share/ca-certificates/a.crt', 'RUN update-ca-certificates'],
    ['COPY app.py /srv/app/', 'RUN mkdir /srv/app/data'],
    ['COPY app.py /var/www/html/', 'RUN apt-get install -y nginx'],
    ['RUN useradd -m app', 'RUN chown app /tmp'],
    ['RUN pip install flask', 'RUN pip install django'],
    ['RUN apt-get install -y ca-certificates', 'RUN curl -o /x https://example.com'],
    ['RUN echo x > /etc/apt/sources.list.d/x.list', 'RUN apt-get update'],
    ['RUN git config --global a.b c', 'RUN git clone https://example.com/a /a'],
    ['RUN python -m venv /opt/venv', 'RUN /opt/venv/bin/pip install flask'],
  ])('%s, %s', (first, second) => {
    expect(isProven(PYTHON, [first, second], [first, second])).toBe(true)
    expect(isProven(PYTHON, [first, second], [second, first])).toBe(false)
  })
})

/**
 * The proof does not see these yet: all that a download writes is a cache, so that with that tolerance nothing is left that
 * depends on what it read, though without git or the workspace it fails or fetches less. A command that stands on both
 * sides must find the same on both.
 */
describe('a download whose only outputs are tolerated', () => {
  const download = 'RUN go mod download'
  const manifests = 'COPY go.mod go.sum ./'

  it('stays below the tool that it needs', () => {
    const git = 'RUN apk add git'
    expect(isProven(GO, [manifests, git, download], [manifests, download, git])).toBe(false)
  })

  it('stays when the workspace is missing', () => {
    const texts = { ...GO, 'go.work': 'go 1.22\nuse .\n' }
    expect(isMovable(texts, download, ['go.mod', 'go.sum'])).toBe(false)
  })
})

it('allows an added download, with the cache as a note', () => {
  const build = 'RUN go build -o /x .'
  const proof = proveSame(
    parse(['COPY . .', build]),
    parse(['COPY go.mod go.sum ./', 'RUN go mod download', 'COPY . .', build]),
    treeOf(GO),
    resolveCommand,
  )
  expect(proof).toMatchObject({ proven: true, allowances: ['cache'] })
})
