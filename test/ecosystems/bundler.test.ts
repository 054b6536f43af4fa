import { describe, expect, it } from 'vitest'
import { bundler } from '../../src/ecosystems/bundler/index.ts'
import { lexCode } from '../../src/ecosystems/shared/lex-code.ts'
import { parseLockfile } from '../../src/ecosystems/bundler/parse-lockfile.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

function run(text: string, texts: Texts = {}, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = bundler.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  return effect?.known === true ? effect.writes : []
}

function refusal(reason: unknown) {
  return { known: false, role: 'install', reason }
}

const GEMFILE = 'source "https://rubygems.org"\ngem "rack", "~> 3.0"\n'
const LOCK = [
  'GEM\n  remote: https://rubygems.org/\n  specs:\n    rack (3.0.8)\n',
  'PLATFORMS\n  aarch64-linux\n  x86_64-linux\n',
  'DEPENDENCIES\n  rack (~> 3.0)\n',
  'BUNDLED WITH\n   2.5.6\n',
].join('\n')
const APP = { '/app/Gemfile': GEMFILE, '/app/Gemfile.lock': LOCK, '/app/app.rb': '' }
const MANIFESTS = ['/app/Gemfile', '/app/Gemfile.lock']

/** The Gemfile with one more line. */
function gemfile(line: string, more: Texts = {}): Texts {
  return { ...APP, '/app/Gemfile': `${GEMFILE}${line}\n`, ...more }
}

describe('bundle install', () => {
  it.each([
    'bundle install',
    'bundle',
    'bundler install',
    '/usr/local/bin/bundle install',
    'bundle _2.4.1_ install',
    'bundle install -j4 --retry 3 --quiet',
    'bundle install --jobs=$(nproc)',
    'bundle install -j"$(nproc)" --retry $RETRIES',
    'bundle install --without development test --jobs 4',
    'bundle install --deployment',
    'bundle install --local --frozen',
    'bundle --path vendor/bundle',
    'bundle install --gemfile Gemfile',
    'bundle check',
  ])('%s', (text) => {
    const { effect, found, trees } = run(text, APP)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(MANIFESTS)
    expect(trees).toEqual([])
  })

  it('looks for gems.rb first, then for a Gemfile, upwards', () => {
    const { found, paths } = run('bundle', APP, { cwd: '/app/lib' })
    expect(found).toEqual(MANIFESTS)
    expect(paths.slice(0, 4)).toEqual([
      '/app/lib/gems.rb',
      '/app/lib/Gemfile',
      '/app/gems.rb',
      '/app/Gemfile',
    ])
    expect(run('bundle', { '/app/gems.rb': GEMFILE, '/app/gems.locked': LOCK }).found).toEqual([
      '/app/gems.rb',
      '/app/gems.locked',
    ])
  })

  it('uses BUNDLE_GEMFILE', () => {
    const texts = { '/app/ci.rb': GEMFILE, '/app/ci.rb.lock': LOCK }
    expect(run('bundle', texts, { env: { BUNDLE_GEMFILE: 'ci.rb' } }).found).toEqual([
      '/app/ci.rb',
      '/app/ci.rb.lock',
    ])
  })

  it.each<[string, string, Texts, readonly string[]]>([
    ['ruby file:', 'ruby file: ".ruby-version"', { '/app/.ruby-version': '3' }, ['.ruby-version']],
    ['File.read', 'ruby File.read(".ruby-version").strip', { '/app/.ruby-version': '3' }, ['.ruby-version']],
    [
      'a guarded file',
      'eval_gemfile "Gemfile.local" if File.exist?("Gemfile.local")',
      { '/app/Gemfile.local': 'gem "pry"' },
      ['Gemfile.local'],
    ],
    [
      'eval_gemfile',
      'eval_gemfile File.join(__dir__, "gems/common.rb")',
      { '/app/gems/common.rb': 'gem "pry"' },
      ['gems/common.rb'],
    ],
    [
      'instance_eval',
      'instance_eval File.read("Gemfile.plugins")',
      { '/app/Gemfile.plugins': 'gem "pry"' },
      ['Gemfile.plugins'],
    ],
    ['expand_path', 'eval_gemfile File.expand_path("../app/x.rb", __dir__)', { '/app/x.rb': '' }, ['x.rb']],
  ])('reads files that the Gemfile names: %s', (_name, line, more, names) => {
    const { effect, found } = run('bundle', gemfile(line, more), { env: { BUNDLE_FROZEN: '1' } })
    expect(effect).toMatchObject({ known: true })
    for (const name of names) expect(found).toContain(`/app/${name}`)
  })

  it.each([
    'git_source(:github) { |repo| "https://github.com/#{repo}.git" }',
    'gem "rails", github: "rails/rails", branch: "main"',
    'gem "tzinfo-data", platforms: %i[ windows jruby ]',
    'gem "x", git: "https://github.com/x/x.git"',
    "group :test do\n  gem 'capybara', require: false # a browser\nend",
    'gem "pg" if ENV["DB"] == "pg"',
    'rails = ENV.fetch("RAILS_VERSION", "7.1")\ngem "rails", "~> #{rails}"',
    'if RUBY_PLATFORM =~ /linux/i\n  gem "inotify"\nend',
    'source "https://gems.example.com" do\n  gem "private"\nend',
    'install_if -> { RUBY_PLATFORM =~ /darwin/ } do\n  gem "mac"\nend',
    '%w[a b].each { |name| gem name }',
  ])('understands %s', (line) => {
    const frozen = { env: { BUNDLE_FROZEN: '1' } }
    expect(run('bundle', gemfile(line), frozen).effect).toMatchObject({ known: true })
  })

  it.each<[string, string, string]>([
    ['Dir', 'Dir["gems/*"].each { |g| eval_gemfile g }', 'Dir'],
    ['a command', 'ruby `cat .ruby-version`', '`...`'],
    ['system', 'system("make gems")', 'system'],
    ['a computed path', 'gem "x", path: ENV["X_PATH"]', 'path'],
    ['a computed file', 'eval_gemfile "#{ENV["X"]}.rb"', 'eval_gemfile'],
    ['code of the project', 'require "./lib/gems"', 'require'],
    ['a library that reads', 'gem "x", YAML.load_file("x.yml")["x"]', 'YAML'],
    ['inside a string', 'gem "x", "#{File.readlines(path)}"', 'File'],
    ['a plugin', 'plugin "bundler-x"', 'plugin'],
    ['a method called by name', 'send(:eval, "x")', 'send'],
    ['a method passed by name', '%w[x].map(&:system)', 'system'],
  ])('refuses a Gemfile that runs code: %s', (_name, line, text) => {
    const reason = { code: 'manifest-runs-code', file: 'Gemfile', text }
    expect(run('bundle', gemfile(line)).effect).toEqual(refusal(reason))
  })

  it('follows code that the Gemfile loads', () => {
    const helper = { '/app/lib/gems.rb': 'module Gems\n  RAILS = "7.1"\nend\n' }
    const line = 'require_relative "lib/gems"\ngem "rails", Gems::RAILS'
    const { effect, found } = run('bundle', gemfile(line, helper), { env: { BUNDLE_FROZEN: '1' } })
    expect(effect).toMatchObject({ known: true })
    expect(found).toContain('/app/lib/gems.rb')
    const bad = { '/app/lib/gems.rb': 'Dir.glob("x")' }
    expect(run('bundle', gemfile(line, bad)).effect).toMatchObject({ reason: { file: 'lib/gems.rb' } })
  })

  it('reads the whole directory of a path gem', () => {
    const more = {
      '/app/engines/shop/shop.gemspec':
        'require_relative "lib/shop/version"\nGem::Specification.new do |spec|\n  spec.version = Shop::VERSION\n  spec.files = Dir["lib/**/*"]\nend\n',
      '/app/engines/shop/lib/shop/version.rb': 'module Shop; VERSION = "1"; end',
    }
    const env = { env: { BUNDLE_DEPLOYMENT: 'true' } }
    for (const line of [
      'gem "shop", path: "engines/shop"',
      'gem "shop", :path => "engines/shop"',
      'path "engines/shop" do\n  gem "shop"\nend',
    ]) {
      const { effect, trees } = run('bundle', gemfile(line, more), env)
      expect(effect).toMatchObject({ known: true })
      expect(trees).toEqual(['/app/engines/shop'])
    }
    const git = {
      ...more,
      '/app/engines/shop/shop.gemspec': 'Gem::Specification.new { |s| s.files = `git ls-files`.split }',
    }
    expect(run('bundle', gemfile('gem "shop", path: "engines/shop"', git)).effect).toMatchObject({
      reason: { code: 'manifest-runs-code', file: 'engines/shop/shop.gemspec' },
    })
  })

  it('reads the gemspec of the project and what it loads', () => {
    const spec = [
      'lib = File.expand_path("lib", __dir__)',
      '$LOAD_PATH.unshift(lib) unless $LOAD_PATH.include?(lib)',
      'require "shop/version"',
      'Gem::Specification.new do |spec|',
      '  spec.description = <<~TEXT',
      "    It's a shop.",
      '  TEXT',
      '  spec.version = Shop::VERSION',
      '  spec.summary = File.read("README.md")',
      '  spec.executables = ["shop"]',
      'end',
    ]
    const literal = spec.map((line) =>
      line.startsWith('$') ? '$LOAD_PATH.unshift File.expand_path("lib", __dir__)' : line,
    )
    const more = {
      '/app/lib/shop/version.rb': 'module Shop\nVERSION = "1"\nend',
      '/app/README.md': '',
      '/app/exe/shop': '',
    }
    const { effect, found, trees } = run(
      'bundle',
      gemfile('gemspec', { ...more, '/app/shop.gemspec': literal.join('\n') }),
      {
        env: { BUNDLE_FROZEN: 'true' },
      },
    )
    expect(effect).toMatchObject({ known: true })
    expect(trees).toEqual([])
    expect(found).toEqual(
      expect.arrayContaining([
        '/app/shop.gemspec',
        '/app/lib/shop/version.rb',
        '/app/README.md',
        '/app/exe/shop',
      ]),
    )
    const other = run('bundle', gemfile('gemspec', { ...more, '/app/shop.gemspec': spec.join('\n') })).found
    expect(new Set(other)).toEqual(new Set(found))
  })

  it.each([
    [
      'as bundler writes it',
      'lib = File.expand_path("lib", __dir__)\n$LOAD_PATH.unshift(lib) unless $LOAD_PATH.include?(lib)',
    ],
    [
      'as older ones write it',
      "lib = File.expand_path('../lib', __FILE__)\n$:.unshift lib unless $:.include?(lib)",
    ],
  ])('follows a load path in a variable, %s', (_name, lines) => {
    const text = `${lines}\nrequire 'shop/version'\nGem::Specification.new do |s|\n  s.name = 'shop'\nend\n`
    const more = { '/app/lib/shop/version.rb': '', '/app/shop.gemspec': text }
    const { effect, found } = run('bundle', gemfile('gemspec', more))
    expect(effect).toMatchObject({ known: true, role: 'install' })
    expect(new Set(found)).toEqual(new Set([...MANIFESTS, '/app/shop.gemspec', '/app/lib/shop/version.rb']))
    const changed = gemfile('gemspec', { ...more, '/app/shop.gemspec': `${text}lib << ENV["X"]\n` })
    expect(run('bundle', changed).effect).toMatchObject({ reason: { code: 'manifest-runs-code' } })
  })

  it.each<[string, string, unknown]>([
    [
      'extensions',
      'spec.extensions = ["ext/shop/extconf.rb"]',
      { code: 'native-addon', file: 'shop.gemspec' },
    ],
    [
      'files by git',
      'spec.files = `git ls-files -z`.split',
      { code: 'manifest-runs-code', file: 'shop.gemspec' },
    ],
    [
      'computed executables',
      'spec.executables = spec.files.grep(%r{^exe/})',
      { code: 'manifest-runs-code', file: 'shop.gemspec' },
    ],
  ])('refuses a gemspec of the project with %s', (_name, line, reason) => {
    const text = `Gem::Specification.new do |spec|\n  ${line}\nend\n`
    expect(run('bundle', gemfile('gemspec', { '/app/shop.gemspec': text })).effect).toMatchObject({
      known: false,
      reason,
    })
  })

  it('reads settings and gems that lie in the project', () => {
    const texts = {
      ...APP,
      '/app/.bundle/config': '---\nBUNDLE_PATH: "gems"\nBUNDLE_FROZEN: "true"\n',
      '/app/vendor/cache/rack-3.0.8.gem': '',
    }
    const { effect, found, trees } = run('bundle', texts)
    expect(found).toContain('/app/.bundle/config')
    expect(trees).toEqual(['/app/vendor/cache'])
    expect(writesOf(effect)).toContainEqual({ tree: '/app/gems', mode: 'merge', ignore: 'gems' })
  })

  it.each<[string, Changes, string, WriteEffect]>([
    [
      'deployment',
      {},
      'bundle install --deployment',
      { tree: '/app/vendor/bundle', mode: 'merge', ignore: 'vendor/bundle' },
    ],
    [
      'BUNDLE_DEPLOYMENT',
      { env: { BUNDLE_DEPLOYMENT: '1' } },
      'bundle',
      { tree: '/app/vendor/bundle', mode: 'merge', ignore: 'vendor/bundle' },
    ],
    ['BUNDLE_PATH', { env: { BUNDLE_PATH: '/gems' } }, 'bundle', { tree: '/gems', mode: 'merge' }],
    [
      '--path',
      {},
      'bundle install --path vendor/gems',
      { tree: '/app/vendor/gems', mode: 'merge', ignore: 'vendor/gems' },
    ],
    [
      'remembered options',
      {},
      'bundle install --without test',
      { tree: '/app/.bundle', mode: 'merge', ignore: '.bundle' },
    ],
    ['the base image', {}, 'bundle', { tree: '/usr/local/bundle', mode: 'merge' }],
  ])('writes gems where settings say: %s', (_name, changes, text, write) => {
    expect(writesOf(run(text, APP, changes).effect)).toContainEqual(write)
  })

  it('allows for settings that a command made', () => {
    const { effect, paths } = run('bundle', APP, {}, { kinds: { '/app/.bundle/config': 'unknown' } })
    expect(paths).toContain('/app/.bundle/config')
    expect(writesOf(effect)).toContainEqual({
      tree: '/app/vendor/bundle',
      mode: 'merge',
      ignore: 'vendor/bundle',
    })
    expect(writesOf(effect)).toContainEqual({ tree: '/app/.bundle', mode: 'merge', ignore: '.bundle' })
  })

  it('writes a lockfile that is missing, and may add a platform', () => {
    expect(writesOf(run('bundle', { '/app/Gemfile': GEMFILE }).effect)).toContainEqual({
      path: '/app/Gemfile.lock',
    })
    const one = { ...APP, '/app/Gemfile.lock': LOCK.replace('  aarch64-linux\n', '') }
    expect(writesOf(run('bundle', one).effect)).toContainEqual({
      path: '/app/Gemfile.lock',
      allow: 'lockfile',
    })
    const ruby = {
      ...APP,
      '/app/Gemfile.lock': LOCK.replace('  aarch64-linux\n  x86_64-linux\n', '  ruby\n'),
    }
    for (const texts of [APP, ruby]) {
      expect(writesOf(run('bundle', texts).effect).some((write) => 'path' in write)).toBe(false)
    }
  })

  const stale = { code: 'stale-lockfile', file: 'Gemfile.lock', reader: 'bundle exec' }
  it.each<[string, Texts, Changes, unknown]>([
    ['no Gemfile', {}, {}, { code: 'missing-file', file: 'Gemfile', command: 'bundle' }],
    [
      'no platform of the image',
      { ...APP, '/app/Gemfile.lock': LOCK.replace(/ {2}aarch.*\n.*linux/, '  arm64-darwin-23') },
      {},
      stale,
    ],
    ['a gem that the lockfile lacks', gemfile('gem "puma"'), {}, stale],
    ['another requirement', { ...APP, '/app/Gemfile': 'gem "rack", "~> 3.1"\n' }, {}, stale],
    [
      'frozen without a lockfile',
      { '/app/Gemfile': GEMFILE },
      { env: { BUNDLE_FROZEN: '1' } },
      { code: 'missing-file', file: 'Gemfile.lock', command: 'bundle' },
    ],
    [
      'a merge conflict',
      { ...APP, '/app/Gemfile.lock': `<<<<<<< HEAD\n${LOCK}` },
      {},
      { code: 'unreadable-manifest', file: 'Gemfile.lock', problem: 'it is not a lockfile of Bundler' },
    ],
    [
      'a cache that lacks a gem',
      { ...APP, '/app/vendor/cache/puma-1.gem': '' },
      {},
      { code: 'edits-manifest', command: 'bundle', file: 'vendor/cache' },
    ],
    [
      'a source that is a directory',
      gemfile('source "file:///app/gems"'),
      {},
      { code: 'local-dependency', file: 'Gemfile', dependency: 'file:///app/gems' },
    ],
    [
      'a local repository',
      gemfile('gem "x", git: "../x"'),
      {},
      { code: 'local-dependency', file: 'Gemfile', dependency: '../x' },
    ],
    [
      'an unknown BUNDLE_PATH',
      APP,
      { env: { BUNDLE_PATH: undefined } },
      { code: 'unknown-argument', text: 'BUNDLE_PATH' },
    ],
    [
      'gems in the project itself',
      APP,
      { env: { BUNDLE_PATH: '.' } },
      { code: 'unknown-argument', text: 'BUNDLE_PATH' },
    ],
    [
      'an unknown BUNDLE_GEMFILE',
      APP,
      { env: { BUNDLE_GEMFILE: undefined } },
      { code: 'unknown-argument', text: 'BUNDLE_GEMFILE' },
    ],
    [
      'unreadable settings',
      { ...APP, '/app/.bundle/config': 'a: b: c' },
      {},
      { code: 'unreadable-manifest', file: '.bundle/config', problem: expect.any(String) },
    ],
  ])('refuses: %s', (_name, texts, changes, reason) => {
    expect(run('bundle', texts, changes).effect).toEqual(refusal(reason))
  })

  it.each([
    'bundle install --binstubs',
    'bundle install --standalone',
    'bundle install $FLAGS',
    'bundle install extra',
  ])('refuses: %s', (text) => {
    expect(run(text, APP).effect).toEqual(refusal({ code: 'unknown-argument', text }))
  })

  it.each([
    ['symlink', 'symlink'],
    ['unknown', 'changed-input'],
  ] as const)('refuses a lockfile that is %s', (kind, code) => {
    const { effect } = run('bundle', APP, {}, { kinds: { '/app/Gemfile.lock': kind } })
    expect(effect).toEqual(refusal({ code, file: 'Gemfile.lock' }))
  })
})

describe('other commands', () => {
  it.each(['bundle add puma', 'bundle update', 'bundle lock --add-platform x86_64-linux'])(
    '%s edits manifests',
    (text) => {
      expect(run(text, APP).effect).toEqual(
        refusal({ code: 'edits-manifest', command: text, file: 'Gemfile' }),
      )
    },
  )

  it.each([
    'bundle exec rake assets:precompile',
    'bundle exec bootsnap precompile app/ lib/',
    'bundle package',
    'bundle clean',
  ])('%s may do anything', (text) => {
    expect(run(text, APP).effect).toEqual({ known: false })
  })

  it('bootsnap of gems alone reads no sources', () => {
    const { effect, found } = run('bundle exec bootsnap precompile --gemfile -j 0', APP)
    expect(effect).toMatchObject({ known: true, role: 'install' })
    expect(found).toEqual(MANIFESTS)
    expect(writesOf(effect)[0]).toEqual({ tree: '/app/tmp/cache', mode: 'merge', ignore: 'tmp/cache' })
  })

  it.each([
    'bundle config set --local deployment true',
    'bundle config set --local path vendor/bundle',
    'bundle config set without "development test"',
    'bundle config --global frozen 1',
    'bundle config build.nokogiri --use-system-libraries',
    'bundle config gems.example.com $TOKEN',
    'bundle config unset with',
    'bundle config --delete frozen',
    'bundle config set path /gems',
    'bundle config set --local path /app/vendor/bundle/',
    "bundle config set --local without 'test development'",
  ])('%s', (text) => {
    const { effect } = run(text, APP)
    expect(effect).toMatchObject({ known: true, role: 'files' })
    expect(writesOf(effect)).toEqual([
      { tree: '/app/.bundle', mode: 'merge', ignore: '.bundle' },
      { path: '/usr/local/bundle/config' },
      { path: '/root/.bundle/config' },
    ])
  })

  it.each([
    'bundle config set path /somewhere',
    'bundle config local.x /src',
    'bundle config $KEY 1',
    'bundle config set --local path $DIR',
  ])('%s is not allowed for', (text) => {
    expect(run(text, APP).effect).toEqual({ known: false })
  })

  it.each(['bundle --version', 'bundle config', 'bundle config list', 'bundle config get path'])(
    '%s tells something',
    (text) => {
      expect(run(text, APP).effect).toMatchObject({ known: true, role: 'none', writes: [] })
    },
  )

  it.each(['gem install bundler', 'ruby app.rb'])('%s is not its own', (text) => {
    expect(run(text, APP).effect).toBeUndefined()
  })

  it('a program of the project is not its own', () => {
    expect(run('bin/bundle install', { ...APP, '/app/bin/bundle': '' }).effect).toBeUndefined()
  })
})

describe('reading Ruby', () => {
  it('tells code from text', () => {
    const tokens = lexCode('gem "a#{B}", \'c#d\', :e => %w[f g], h: 1 # no\nx = 1 / y\n/re#{z}/i', 'ruby')
    expect(tokens?.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'word gem',
      'string a',
      'mark ,',
      'string c#d',
      'mark ,',
      'symbol e',
      'mark =>',
      'string f g',
      'mark ,',
      'key h',
      'number 1',
      'newline \n',
      'word x',
      'mark =',
      'number 1',
      'mark /',
      'word y',
      'newline \n',
      'string re',
    ])
  })

  it.each(['"open', 'x = <<~EOS\n#{a}\nEOS\n', '<<~EOS\nno end'])('gives up on %j', (text) => {
    expect(lexCode(text, 'ruby')).toBeUndefined()
  })
})

describe('reading Gemfile.lock', () => {
  it('knows gems, platforms and dependencies', () => {
    const lock = parseLockfile(
      LOCK.replace('  rack (~> 3.0)', '  rack (~> 3.0)\n  shop!\n  rails (>= 7, < 8)!'),
    )
    expect(lock?.gems).toEqual(['rack-3.0.8'])
    expect(lock?.platforms).toEqual(['aarch64-linux', 'x86_64-linux'])
    expect([...(lock?.dependencies ?? [])]).toEqual([
      ['rack', '~> 3.0'],
      ['shop', ''],
      ['rails', '< 8, >= 7'],
    ])
  })
})
