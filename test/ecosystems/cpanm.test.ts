import { describe, expect, test } from 'vitest'
import { cpanm } from '../../src/ecosystems/cpanm/index.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

const APP: Texts = {
  '/app/cpanfile':
    "requires 'Mojolicious', '9.0'; # the server\non 'test' => sub {\n  requires 'Test::More';\n};\nfeature 'file', 'File::Slurp' => sub { recommends 'File::Slurp' };\n",
  '/app/Makefile.PL': '',
  '/app/lib/Shop.pm': '',
}

function run(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = cpanm.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  if (effect?.known !== true) throw new Error(`not known: ${JSON.stringify(effect)}`)
  return effect.writes
}

const CACHE = { tree: '/root/.cpanm', mode: 'merge', allow: 'cache' }

describe('cpanm', () => {
  test.each([
    'cpanm --installdeps .',
    'cpanm -nq --installdeps .',
    'cpanm --notest --quiet --with-develop --installdeps ./',
    '/usr/bin/cpanm --installdeps --without-feature=file .',
    'cpanm --mirror https://cpan.metacpan.org --installdeps /app',
    'cpanm --mirror file:///opt/cpan --mirror-only --installdeps .',
  ])('%s', (text) => {
    const { effect, found, paths } = run(text)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(['/app/cpanfile'])
    expect(paths).toEqual([
      '/app/cpanfile',
      '/app/META.json',
      '/app/META.yml',
      '/app/Build.PL',
      '/app/Makefile',
    ])
    expect(writesOf(effect)).toEqual([{ system: true }, CACHE])
  })

  test('META.json and the like beside the cpanfile', () => {
    expect(
      run('cpanm --installdeps .', { ...APP, '/app/META.json': '{}', '/app/Makefile': '' }).found,
    ).toEqual(['/app/cpanfile', '/app/META.json', '/app/Makefile'])
  })

  test('where it installs to', () => {
    const local = { tree: '/app/local', mode: 'merge', ignore: 'local' }
    expect(writesOf(run('cpanm -L local --installdeps .').effect)).toEqual([local, CACHE])
    expect(writesOf(run('cpanm -Llocal --installdeps .').effect)).toEqual([local, CACHE])
    expect(writesOf(run('cpanm --local-lib=/perl --installdeps .').effect)).toEqual([
      { tree: '/perl', mode: 'merge' },
      CACHE,
    ])
    expect(
      writesOf(run('cpanm --installdeps .', APP, { user: 'app', home: '/home/app' }).effect),
    ).toContainEqual({ tree: '/home/app/perl5', mode: 'merge' })
    expect(
      writesOf(run('cpanm --installdeps .', APP, { env: { PERL_CPANM_HOME: '/tmp/cpanm' } }).effect),
    ).toContainEqual({ ...CACHE, tree: '/tmp/cpanm' })
    expect(
      writesOf(run('cpanm --installdeps .', APP, { env: { PERL_CPANM_OPT: '-L local' } }).effect),
    ).toContainEqual(local)
  })

  test('a cpanfile that asks the environment depends on all of it', () => {
    expect(
      run('cpanm --installdeps .', { '/app/cpanfile': "requires 'A' if $ENV{A};" }).effect,
    ).toMatchObject({ known: true, env: 'all' })
  })

  test.each([
    "requires 'A', do './version.pl';",
    "require './deps.pl';",
    "open my $f, '<', 'VERSION';",
    'my $v = `git describe`;',
    'my $v = <$fh>;',
    "requires 'A' if -e 'lib/A.pm';",
    'use File::Spec;',
    'use lib "inc";',
    'system("make");',
    'my ($v) = glob("lib/*");',
  ])('refuses %s', (line) => {
    expect(run('cpanm --installdeps .', { '/app/cpanfile': line }).effect).toMatchObject({
      known: false,
      reason: { code: 'manifest-runs-code', file: 'cpanfile' },
    })
  })

  test('comments, documentation and what stands in strings are no code', () => {
    const text =
      '# open the door\n=pod\n\nsystem\n\n=cut\nuse strict;\nrequires \'IO::File\'; requires "Path::Tiny";\n__END__\nopen\n'
    expect(run('cpanm --installdeps .', { '/app/cpanfile': text }).effect).toMatchObject({ known: true })
  })

  test.each<[string, string, Texts, unknown]>([
    [
      'Makefile.PL, which reads modules',
      'cpanm --installdeps .',
      { '/app/Makefile.PL': '' },
      { code: 'reads-sources', path: 'Makefile.PL' },
    ],
    [
      'Build.PL',
      'cpanm --installdeps .',
      { '/app/Build.PL': '' },
      { code: 'reads-sources', path: 'Build.PL' },
    ],
    ['neither', 'cpanm --installdeps .', {}, { code: 'missing-file', file: 'cpanfile' }],
    ['the project itself', 'cpanm .', APP, { code: 'installs-project' }],
    [
      'a distribution on the disk',
      'cpanm --installdeps .',
      { '/app/cpanfile': "requires 'A', dist => '../A-1.tar.gz';" },
      { code: 'local-dependency', dependency: '../A-1.tar.gz' },
    ],
    ['a mirror on the disk', 'cpanm --from ./mirror --installdeps .', APP, { code: 'unknown-argument' }],
    ['an unknown argument', 'cpanm $OPTIONS --installdeps .', APP, { code: 'unknown-argument' }],
  ])('refuses %s', (_, text, texts, reason) => {
    expect(run(text, texts).effect).toMatchObject({ known: false, role: 'install', reason })
  })

  test('its tools', () => {
    expect(run('cpanm Carton@1.0.35').effect).toMatchObject({ known: true, role: 'tool' })
    expect(run('cpanm App::cpm -n', {}).paths).toEqual([])
    expect(run('cpanm --version').effect).toMatchObject({ role: 'none' })
    expect(run('cpanm --installdeps').effect).toEqual({ known: false })
    expect(cpanm.fetch).toBeUndefined()
  })
})

describe('cpm', () => {
  test('installs from the cpanfile and its snapshot', () => {
    const files = { ...APP, '/app/cpanfile.snapshot': '' }
    const { effect, found } = run('cpm install -w 4 --show-build-log-on-failure', files)
    expect(found).toEqual(['/app/cpanfile', '/app/cpanfile.snapshot'])
    expect(writesOf(effect)).toEqual([
      { tree: '/app/local', mode: 'merge', ignore: 'local' },
      { tree: '/root/.perl-cpm', mode: 'merge', allow: 'cache' },
    ])
    expect(writesOf(run('cpm install -g', files).effect)).toContainEqual({ system: true })
    expect(run('cpm install -g Mojolicious', {}).effect).toMatchObject({ role: 'tool' })
  })

  test.each<[string, Texts, unknown]>([
    ['cpm install', {}, { code: 'missing-file', file: 'cpanfile' }],
    ['cpm install', { '/app/Makefile.PL': '' }, { code: 'reads-sources', path: 'Makefile.PL' }],
    ['cpm install', { ...APP, '/app/cpm.yml': '' }, { code: 'reads-sources', path: 'cpm.yml' }],
    ['cpm install --mirror file:///m', APP, { code: 'unknown-argument' }],
    ['cpm install ./x', APP, { code: 'unknown-argument' }],
  ])('refuses %s', (text, texts, reason) => {
    expect(run(text, texts).effect).toMatchObject({ known: false, role: 'install', reason })
  })
})
