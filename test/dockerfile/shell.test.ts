import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseScript } from '../../src/dockerfile/shell.ts'
import type { Node, Script, ShellWord, SimpleCommand } from '../../src/dockerfile/shell-types.ts'

const bodies = [
  'npm ci',
  'apt-get update && apt-get install -y --no-install-recommends git curl && rm -rf /var/lib/apt/lists/*',
  'set -eux;     for i in a b c; do       echo "$i";     done',
  'if [ -f x ]; then y; elif z; then w; else v; fi',
  'case "$x" in a|b) echo 1 ;; *) echo 2 ;; esac',
  'curl -fsSL https://deb.nodesource.com/setup_20.x | bash -',
  'cd /app && npm ci && npm run build || exit 1',
  '(cd /tmp && make) && { echo a; echo b; } > /out',
  'echo "a b" | tee /x >/dev/null 2>&1',
  'groupadd -r app && useradd -r -g app app; mkdir -p /home/app & wait',
  'export PATH="$PATH:/x" FOO=bar; A=1 B="$C" cmd',
  'pip install "flask==2.*" \'x[y]\'',
  'find . -name "*.pyc" -exec rm {} \\;',
  'sed -i \'s/^#\\s*\\(.*\\)$/\\1/\' /x && sed -i -e "s|a\\\\b|c|" y',
  'x=$(cat y | z) && echo "$x" `date` $((1+2))',
  'while read -r line; do echo "$line"; done < /etc/passwd',
  '[[ "$A" == b* ]] && ((i++)) || true',
  'f() { echo x; }; f',
  'time make -j"$(nproc)"',
  '! grep -q x y',
  'cat <<EOF > /x\nhello $X\nEOF\necho done',
  'set -e\n# comment\napt-get update\napt-get install -y \\\n  git\n\nnpm ci # why\n',
  'dpkgArch="$(dpkg --print-architecture)" && case "${dpkgArch##*-}" in amd64) ARCH=x64;; *) exit 1;; esac',
  'cargo build --release --target-dir=/t',
  '',
]

describe('parseScript', () => {
  it.each(bodies)('reads %j with ranges that nest', (source) => {
    const script = parseScript(source)
    if (script === undefined) throw new Error('not parsed')
    for (const { node } of script.statements) checkNode(node, source, { start: 0, end: source.length })
  })

  it.each([
    'echo "a',
    'if a; then',
    'a &&',
    '&& a',
    'echo )',
    'echo $(if)',
    'echo `a',
    'cat <<E\nx',
    'a ; ; b',
    'echo "$(a "$(b ")")"',
    'echo `a \\`b\\` c`',
    `${'('.repeat(5000)}a${')'.repeat(5000)}`,
  ])('refuses %.40j', (source) => expect(parseScript(source)).toBeUndefined())

  it('tells statements, operators and terminators', () => {
    const script = parse('a && b || c; d & e # x\n! (f; g) | h; { i; }')
    expect(script.statements.map(({ terminator }) => terminator)).toEqual([';', '&', 'newline', ';', 'end'])
    expect(script.statements.map(({ node }) => node.kind)).toEqual([
      'and-or',
      'command',
      'command',
      'pipeline',
      'group',
    ])
    expect(script.statements[0]?.node).toMatchObject({ operators: ['&&', '||'] })
  })

  it('tells a terminator after a line continuation and after a heredoc', () => {
    expect(parse('a \\\n ; b').statements[0]?.terminator).toBe(';')
    expect(parse('cat <<E\nx\nE\nb').statements[0]?.terminator).toBe('newline')
    expect(parse('case x in a) b;; esac').statements[0]?.terminator).toBe('end')
  })

  it('holds all scripts of a compound in order', () => {
    expect(kinds('if a; then b; elif c; then d; else e; fi')).toEqual(['if', 5])
    expect(kinds('for i in $(x); do y; z; done')).toEqual(['loop', 2])
    expect(kinds('while a; do b; done')).toEqual(['loop', 2])
    expect(kinds('case $(x) in a) b;; c) d;; esac')).toEqual(['case', 3])
    expect(kinds('f() { a; }')).toEqual(['function', 1])
    expect(kinds('[[ -n $(a) ]]')).toEqual(['command', 1])
    expect(kinds('coproc a')).toEqual(['other', 1])
    expect(kinds('{ a; } > $(b)')).toEqual(['redirected', 1])
  })

  it('reads a simple command', () => {
    const source = 'A=1 B="$C" npm ci --x "$Y" >> out 2>&1 < in'
    const command = first(source)
    expect(command.assignments.map(({ name, value }) => [name, value.raw])).toEqual([
      ['A', '1'],
      ['B', '"$C"'],
    ])
    expect(command.words.map(({ raw }) => raw)).toEqual(['npm', 'ci', '--x', '"$Y"'])
    expect(command.redirects.map(({ operator, target, fd }) => [operator, target?.raw, fd])).toEqual([
      ['>>', 'out', undefined],
      ['>&', '1', 2],
      ['<', 'in', undefined],
    ])
  })

  it('finds the scripts of substitutions in a command, its heredoc and its assignments', () => {
    const command = first('A=$(a) x "$(b `c`)" ${D:-$(e)} $(($(f)+1)) <(g) <<E\n$(h)\nE\n')
    expect(command.scripts.map(name)).toEqual(['a', 'b', 'e', 'f', 'g', 'h'])
    expect(command.scripts[1]?.statements[0]?.node).toMatchObject({ scripts: [{}] })
    expect(first('cat <<"E"\n$(h)\nE\n').scripts).toEqual([])
  })

  it('never throws', () => {
    const piece = fc.constantFrom(
      'a',
      ' ',
      '&&',
      '||',
      ';',
      '|',
      '&',
      '(',
      ')',
      '{',
      '}',
      '$(',
      '`',
      '"',
      "'",
      '$X',
      '${X:-y}',
      '\n',
      '#',

      '<<E',
      '\nE\n',
      '>',
      'if ',
      'then ',
      'fi',
      'for i in ',
      'do ',
      'done',
      '\\',
      '$((',
      '))',
      '*',
      '~',
      '=',
      '<(',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const source = pieces.join('')
        for (const { node } of parseScript(source)?.statements ?? []) {
          checkNode(node, source, { start: 0, end: source.length })
        }
      }),
      { numRuns: 3000 },
    )
  })
})

function parse(source: string): Script {
  const script = parseScript(source)
  if (script === undefined) throw new Error(`not parsed: ${source}`)
  return script
}

function first(source: string): SimpleCommand {
  const node = parse(source).statements[0]?.node
  if (node?.kind !== 'command') throw new Error(`no command: ${source}`)
  return node
}

function kinds(source: string): readonly unknown[] {
  const node = parse(source).statements[0]?.node
  return [node?.kind, node !== undefined && 'scripts' in node ? node.scripts.length : undefined]
}

function name(script: Script): string | undefined {
  const node = script.statements[0]?.node
  return node?.kind === 'command' ? node.words[0]?.raw : undefined
}

function checkNode(node: Node, source: string, outer: { start: number; end: number }): void {
  const { range } = node
  expect(range.start).toBeGreaterThanOrEqual(outer.start)
  expect(range.end).toBeLessThanOrEqual(outer.end)
  expect(range.end).toBeGreaterThan(range.start)
  if (node.kind === 'and-or') expect(node.operators).toHaveLength(node.parts.length - 1)
  if (node.kind === 'command') checkCommand(node, source)
  // The body of a heredoc stands outside its command.
  const inner = node.kind === 'command' && source.includes('<<') ? { start: 0, end: source.length } : range
  for (const child of children(node)) checkNode(child, source, inner)
}

function checkCommand({ words, assignments, redirects, range }: SimpleCommand, source: string): void {
  const all: readonly (ShellWord | undefined)[] = [
    ...words,
    ...assignments.map(({ value }) => value),
    ...redirects.map(({ target }) => target),
  ]
  for (const word of all) {
    if (word === undefined) continue
    expect(word.range.start).toBeGreaterThanOrEqual(range.start)
    expect(word.range.end).toBeLessThanOrEqual(range.end)
    if (word.raw !== '') expect(source.slice(word.range.start, word.range.end)).toBe(word.raw)
  }
}

function children(node: Node): readonly Node[] {
  if (node.kind === 'and-or' || node.kind === 'pipeline') return node.parts
  if (node.kind === 'redirected') return [node.node]
  const scripts = 'scripts' in node ? node.scripts : 'script' in node ? [node.script] : []
  return scripts.flatMap(({ statements }) => statements.map((statement) => statement.node))
}
