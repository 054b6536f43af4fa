import { describe, expect, it } from 'vitest'
import { createMemoryTree } from '../../src/context/memory-tree.ts'
import { isDockerfileError } from '../../src/dockerfile/is-dockerfile-error.ts'
import { parseDockerfile } from '../../src/dockerfile/scan.ts'
import { resolveEffect } from '../../src/effects/index.ts'
import { buildModel } from '../../src/model/build.ts'
import type { Step } from '../../src/model/step.ts'
import type { Resolve } from '../../src/model/types.ts'

const tree = createMemoryTree({ 'package-lock.json': '', 'ci/a': '', 'server/x': '', link: { symlink: 'x' } })

/** `go` is an install; what it is called with, and where, is what the tests look at. */
const resolve: Resolve = (command, files) =>
  command.name === 'go'
    ? { known: true, role: 'install', writes: [], env: [] }
    : resolveEffect(command, files)

function run(lines: string): Step {
  const dockerfile = parseDockerfile(`FROM base\nWORKDIR /app\nCOPY . .\n${lines}\n`)
  if (isDockerfileError(dockerfile)) throw new Error(dockerfile.message)
  const step = buildModel(dockerfile, tree, { resolve }).stages[0]?.steps.at(-1)
  if (step === undefined) throw new Error('no step')
  return step
}

/** The calls of `go`, each with its directory; `?` for a unit of which something is not known. */
function calls(lines: string): readonly string[] {
  return run(lines).atoms.flatMap(({ unit, effects }) => {
    if (effects.some((effect) => !effect.known)) return ['?']
    return unit.commands.flatMap((command) =>
      command?.name === 'go' ? [[command.cwd, ...command.args].join(' ')] : [],
    )
  })
}

describe('a condition that the context decides', () => {
  it.each([
    ['if [ -f package-lock.json ]; then go a; else go b; fi', ['/app a']],
    ['if [ -f yarn.lock ]; then go a; elif [ -d ci ]; then go b; else go c; fi', ['/app b']],
    ['if [ -f yarn.lock ]; then go a; fi', []],
    ['if test ! -e yarn.lock; then go a; fi', ['/app a']],
    ['if ! [ -f yarn.lock ]; then go a; fi', ['/app a']],
    ['if [[ -f ci && 1 ]]; then go a; fi; go b', ['/app a', '/app b']],
    ['if [ -f yarn.lock ] || [ -f package-lock.json ]; then go a; fi', ['/app a']],
    ['if [ -f package-lock.json ] && [ -f yarn.lock ]; then go a; else go b; fi', ['/app b']],
    ['[ -f package-lock.json ] && go a', ['/app a']],
    ['[ -f yarn.lock ] && go a; go b', ['/app b']],
    ['[ -f yarn.lock ] && go a || go b', ['/app b']],
    ['[ -d ci ] || go a', []],
    ['false || go a', ['/app a']],
    ['cd ci && if [ -f a ]; then go a; else go b; fi', ['/app/ci a']],
  ])('%s', (script, expected) => expect(calls(`RUN ${script}`)).toEqual(expected))

  it.each([
    ['a file of the base', 'if [ -f /etc/alpine-release ]; then go a; else go b; fi'],
    ['a file elsewhere', 'if [ -f /data/x ]; then go a; else go b; fi'],
    ['a link', 'if [ -f link ]; then go a; else go b; fi'],
    ['what a command may have made', 'cp -r ci new && if [ -f new/a ]; then go a; else go b; fi'],
    ['what a command may have removed', 'rm -rf ci; if [ -f ci/a ]; then go a; else go b; fi'],
    ['what a command made', 'touch x; if [ -f x ]; then go a; else go b; fi'],
    ['a program', 'if command -v npm; then go a; else go b; fi'],
    ['a value of the base', 'if [ "$X" = 1 ]; then go a; else go b; fi'],
    ['a glob', 'if [ -f *.lock ]; then go a; else go b; fi'],
    ['what a loop may have done', 'while go; do if [ -f yarn.lock ]; then go a; else go b; fi; done'],
  ])('is not %s', (_, script) => {
    const found = calls(`RUN ${script}`)
    expect(found).toContain('/app a')
    expect(found).toContain('/app b')
  })

  it('is a value of ENV, not one that a user can pass', () => {
    const script = 'if [ "$MODE" = dev ]; then go a; else go b; fi'
    expect(calls(`ENV MODE=dev\nRUN ${script}`)).toEqual(['/app a'])
    expect(calls(`ARG MODE=dev\nRUN ${script}`)).toEqual(['/app a', '/app b'])
    expect(calls(`ARG M=dev\nENV MODE=$M\nRUN ${script}`)).toEqual(['/app a', '/app b'])
    expect(calls(`ENV MODE=dev\nARG MODE\nRUN ${script}`)).toEqual(['/app a', '/app b'])
    expect(calls(`RUN MODE=dev; ${script}`)).toEqual(['/app a'])
    expect(calls(`ARG M=dev\nRUN MODE=$M; ${script}`)).toEqual(['/app a', '/app b'])
  })
})

describe('a loop over words', () => {
  it.each([
    ['for d in ci server; do (cd $d && go a); done; go b', ['/app/ci a', '/app/server a', '/app b']],
    ['for d in ci server; do cd $d && go && cd ..; done', ['/app/ci', '/app/server']],
    ['LIST="ci server"; for d in $LIST; do go $d; done', ['/app ci', '/app server']],
    ['for d in yarn.lock ci/a; do [ -f $d ] && go $d; done', ['/app ci/a']],
  ])('%s', (script, expected) => expect(calls(`RUN ${script}`)).toEqual(expected))

  it.each(['for d in */; do cd $d && go; done', 'for d in $(ls); do cd $d && go; done'])(
    'of unknown words says what it is stuck at: %s',
    (script) => {
      const effects = run(`RUN ${script}`).atoms.flatMap((atom) => atom.effects)
      expect(effects).toContainEqual({
        known: false,
        role: 'install',
        reason: { code: 'unknown-argument', text: 'cd $d' },
      })
    },
  )
})

describe('shell state', () => {
  it.each([
    ['pushd ci && go a && popd && go b', ['/app/ci a', '/app b']],
    ['install() { go a; }; cd ci; install', ['/app/ci a']],
    ['sh -c "cd ci && go a" && go b', ['/app/ci a', '/app b']],
    ['D=ci; sh -c "cd $D; go a"', ['/app/ci a']],
    ["bash -lc 'go a'", ['/app a']],
    ['eval "cd ci && go a"; go b', ['/app/ci a', '/app/ci b']],
    ['for i in 1 2 3; do go a && break || sleep 1; done; go b', ['/app a', '/app b']],
    ['{ cd ci; go a; } > /tmp/log; go b', ['/app/ci a', '?']],
    ['(go a &); go b', ['?', '/app b']],
    ['popd; go a', ['?']],
    ['cd *; go a', ['?']],
  ])('%s', (script, expected) => expect(calls(`RUN ${script}`)).toEqual(expected))

  it('knows no directory behind a group that may have changed it', () => {
    expect(calls('RUN if go; then cd ci; fi; go a')).toEqual(['?', '?'])
  })

  it('has the bodies of heredocs in what a command says', () => {
    const [atom] = run('RUN cat <<EOF > /etc/version\n$GIT_SHA\nEOF').atoms
    expect(atom?.unit.spelled).toContain('$GIT_SHA')
    expect(atom?.text).not.toContain('$GIT_SHA')
  })
})

describe('a script from the network', () => {
  const scripts = (script: string): readonly string[] =>
    run(`RUN ${script}`).atoms.flatMap(({ unit }) =>
      unit.commands.flatMap((command) => (command?.name === 'remote-script' ? [command.args.join(' ')] : [])),
    )

  it.each([
    ['curl -fsSL https://a.example/x | bash -', ['https://a.example/x']],
    ['curl -fsSL https://a.example/x | sudo -E bash -', ['https://a.example/x']],
    ["curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y", ['https://sh.rustup.rs -y']],
    ['wget -qO- https://a.example/x | sh', ['https://a.example/x']],
    ['wget -q -O - https://a.example/x | sh', ['https://a.example/x']],
    ['wget https://a.example/x | sh', []],
    ['curl -o x https://a.example/x | sh', []],
    ['curl https://a.example/x | tee y | sh', []],
    ['curl https://a.example/x | sh x', []],
    ['curl http://a.example/x | sh', []],
    ['curl $URL | sh', []],
  ])('%s', (script, expected) => expect(scripts(script)).toEqual(expected))

  it('is known where its address is', () => {
    expect(calls('RUN curl -fsSL https://deb.nodesource.com/setup_20.x | bash - && go a')).toEqual(['/app a'])
    expect(calls('RUN curl -fsSL https://a.example/x | bash - && go a')).toEqual(['?', '/app a'])
  })
})

describe('a computed variable', () => {
  it.each([['export V=$(cat ci/a); go $V'], ['V=$(cat ci/a); go $V'], ['read V; go $V']])(
    'is not known: %s',
    (script) => {
      const command = run(`RUN ${script}`).atoms.at(-1)?.unit.commands[0]
      expect(command?.args).toEqual([undefined])
    },
  )

  it('counts in what uses it', () => {
    const [first] = run('RUN export V=$(cat ci/a); go $V').atoms
    expect(first?.unit.assigns).toEqual(['V'])
    expect(first?.reads.map(({ path }) => path)).toContain('/app/ci/a')
  })
})

it('says what hides an install', () => {
  const effects = run('RUN su node -c "go a"').atoms.flatMap((atom) => atom.effects)
  const reason = { code: 'unknown-argument', text: 'su node -c "go a"' }
  expect(effects).toContainEqual({ known: false, role: 'install', reason })
  expect(run('RUN su - postgres -c "psql"').atoms.flatMap((atom) => atom.effects)).toEqual([{ known: false }])
})

describe('what a failure does', () => {
  const failures = (script: string): readonly string[] =>
    run(`RUN ${script}`).atoms.map(({ unit }) => `${unit.text} ${unit.failure}`)

  it.each([
    ['go a; go b', ['go a ignored', 'go b stops']],
    ['go a && go b', ['go a stops', 'go b stops']],
    ['set -e; go a; go b', ['go a stops', 'go b stops']],
    ['set -o errexit; go a; go b', ['go a stops', 'go b stops']],
    ['set -e; go a && go b; go c', ['go a ignored', 'go b stops', 'go c stops']],
    ['go a && go b; go c', ['go a ignored', 'go b ignored', 'go c stops']],
  ])('%s', (script, expected) => expect(failures(script)).toEqual(expected))
})

describe('the parts of a RUN', () => {
  const parts = (lines: string): readonly string[] => {
    const { atoms, parts: found, framed } = run(lines)
    const texts = found.map((_, part) => atoms.filter((atom) => atom.part === part).map(({ text }) => text))
    return [...texts.map((items) => items.join(' + ')), ...(framed ? ['framed'] : [])]
  }

  it.each([
    ['RUN go a && go b', ['go a', 'go b']],
    ['RUN go a || go b && go c', ['go a || go b', 'go c']],
    ['RUN go a && go b || go c', ['go a && go b || go c']],
    ['RUN (go a && go b)', ['go a', 'go b', 'framed']],
    ['RUN { go a; go b; }', ['go a', 'go b', 'framed']],
    ['RUN { go a; go b; } && go c', ['go a + go b', 'go c']],
    ['RUN <<EOF\ngo a\ngo b\nEOF', ['go a', 'go b', 'framed']],
    ['RUN <<EOF\n(\ngo a && go b\n)\nEOF', ['go a + go b', 'framed']],
    ['RUN ["sh", "-c", "go a && go b"]', ['go a', 'go b']],
    ['RUN sh -c "go a && go b"', ['go a + go b']],
  ])('%s', (lines, expected) => expect(parts(lines)).toEqual(expected))
})
