import { describe, expect, it } from 'vitest'
import { composer } from '../../src/ecosystems/composer/index.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

function run(text: string, texts: Texts = {}, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = composer.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function fetchStep(text: string, texts: Texts = {}, changes: Changes = {}) {
  const { files, looks } = fakeFiles(texts)
  const step = composer.fetch?.(toCommand(text, changes), files)
  return { step, ...looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  return effect?.known === true ? effect.writes : []
}

function project(manifest: unknown, packages: readonly object[] = [], more: Texts = {}): Texts {
  return {
    '/app/composer.json': JSON.stringify(manifest),
    '/app/composer.lock': JSON.stringify({
      packages,
      'packages-dev': [{ name: 'acme/dev-plugin', type: 'composer-plugin' }],
    }),
    '/app/src/Cart.php': '<?php',
    ...more,
  }
}

const APP = project({ require: { 'slim/slim': '^4' } }, [{ name: 'slim/slim', type: 'library' }])
const MANIFESTS = ['/app/composer.json', '/app/composer.lock']
const BARE = 'composer install --no-dev --no-scripts --no-autoloader'

function plugin(name: string) {
  return { name, type: 'composer-plugin' }
}

describe('composer install without scripts and autoloader', () => {
  it.each([
    BARE,
    'composer i --no-dev --no-scripts --no-autoloader -n -q',
    '/usr/bin/composer install --no-dev --no-scripts --no-autoloader --prefer-dist --no-progress',
    'php /usr/local/bin/composer install --no-dev --no-scripts --no-autoloader',
    'php -d memory_limit=-1 /usr/bin/composer install --no-dev --no-scripts --no-autoloader',
    'composer -d /app --no-interaction install --no-dev --no-scripts --no-autoloader --ignore-platform-req=ext-intl',
  ])('%s', (text) => {
    const { effect, found, trees } = run(text, APP)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(MANIFESTS)
    expect(trees).toEqual(['/root/.ssh', '/app/vendor'])
  })

  it('writes vendor as a step that may be added, and caches', () => {
    const writes = writesOf(run(BARE, APP).effect)
    expect(writes[0]).toEqual({ tree: '/app/vendor', mode: 'merge', allow: 'warm-up', ignore: 'vendor' })
    expect(writes.slice(1).every((write) => write.allow === 'cache')).toBe(true)
    expect(writes).toContainEqual({ tree: '/root/.cache/composer', mode: 'merge', allow: 'cache' })
  })

  it('follows settings', () => {
    const texts = project(
      { config: { 'vendor-dir': 'lib/vendor', 'bin-dir': 'tools', cafile: 'certs/ca.pem' } },
      [],
      { '/app/certs/ca.pem': '' },
    )
    const { effect, found } = run(BARE, texts, { env: { COMPOSER_CACHE_DIR: '/cache' } })
    expect(found).toContain('/app/certs/ca.pem')
    expect(writesOf(effect).slice(0, 3)).toEqual([
      { tree: '/app/lib/vendor', mode: 'merge', allow: 'warm-up', ignore: 'lib/vendor' },
      { tree: '/app/tools', mode: 'merge', allow: 'warm-up', ignore: 'tools' },
      { tree: '/cache', mode: 'merge', allow: 'cache' },
    ])
  })

  it('uses COMPOSER and a phar of the project', () => {
    const texts = { '/app/dev.json': '{}', '/app/dev.lock': '{}', '/app/composer.phar': '' }
    const { found } = run('php composer.phar install --no-dev --no-scripts --no-autoloader', texts, {
      env: { COMPOSER: 'dev.json' },
    })
    expect(found).toEqual(['/app/composer.phar', '/app/dev.json', '/app/dev.lock'])
  })

  it('makes a lockfile when there is none and no plugin can run', () => {
    const texts = { '/app/composer.json': '{}' }
    expect(writesOf(run(`${BARE} --no-plugins`, texts).effect)).toContainEqual({
      path: '/app/composer.lock',
      allow: 'warm-up',
    })
  })

  it.each<[string, unknown, readonly string[], readonly string[]]>([
    ['a path', [{ type: 'path', url: 'packages/billing' }], [], ['/app/packages/billing']],
    [
      'a glob',
      { own: { type: 'path', url: './packages/*/' }, 'packagist.org': false },
      [],
      ['/app/packages'],
    ],
    ['archives', [{ type: 'artifact', url: 'dist/' }], [], ['/app/dist']],
    [
      'a registry',
      [
        { type: 'composer', url: 'https://repo.example.com' },
        { type: 'vcs', url: 'git@example.com:a/b.git' },
      ],
      [],
      [],
    ],
  ])('reads repositories: %s', (_name, repositories, paths, places) => {
    const texts = project({ repositories }, [], {
      '/app/packages/billing/composer.json': '{}',
      '/app/dist/a.zip': '',
    })
    const { effect, found, trees } = run(BARE, texts)
    expect(effect).toMatchObject({ known: true })
    expect(found).toEqual([...MANIFESTS, ...paths])
    expect(trees).toEqual(['/root/.ssh', ...places, '/app/vendor'])
  })

  it.each<[string, readonly string[], unknown, Texts, readonly string[]]>([
    ['flex', ['symfony/flex', 'symfony/runtime'], {}, { '/app/symfony.lock': '{}' }, ['symfony.lock']],
    [
      'patches',
      ['cweagans/composer-patches'],
      {
        extra: {
          patches: { 'a/b': { one: 'patches/one.patch', two: 'https://example.com/two.patch' } },
          'patches-file': 'more.json',
        },
      },
      {
        '/app/patches/one.patch': '',
        '/app/more.json': '{"patches":{"a/b":[{"description":"x","url":"patches/three.patch"}]}}',
        '/app/patches/three.patch': '',
      },
      ['more.json', 'patches/one.patch', 'patches/three.patch'],
    ],
    [
      'merged manifests',
      ['wikimedia/composer-merge-plugin'],
      { extra: { 'merge-plugin': { include: ['modules/*/composer.json'], require: 'local.json' } } },
      { '/app/modules/a/composer.json': '{}', '/app/local.json': '{}' },
      ['modules/a/composer.json', 'local.json'],
    ],
    ['bin plugin', ['bamarni/composer-bin-plugin'], {}, {}, []],
  ])('reads what plugins read: %s', (_name, names, manifest, more, read) => {
    const { effect, found } = run(BARE, project(manifest, names.map(plugin), more))
    expect(effect).toMatchObject({ known: true })
    expect(found).toEqual([...MANIFESTS, ...read.map((name) => `/app/${name}`)])
  })

  it.each([
    ['composer', true],
    ['composer:latest', true],
    ['composer:2', true],
    ['composer:2.2.25', true],
    ['composer:lts', true],
    ['composer:2.1', false],
    ['composer:1', false],
    ['company/composer:2', false],
    [undefined, false],
  ])('knows whether the Composer of %s stops at plugins that nobody allowed', (image, known) => {
    const images = image === undefined ? {} : { '/usr/bin/composer': image }
    const { effect } = run(BARE, { '/app/composer.json': '{}' }, {}, { images })
    expect(effect?.known).toBe(known)
  })

  const missing = (file: string) => ({ code: 'missing-file', file, command: BARE })
  const unknownPlugins = { code: 'unknown-plugins', file: 'composer.json', lockfile: 'composer.lock' }
  const runs = (file: string, command: string) => ({
    code: 'lifecycle-script',
    file,
    script: 'plugin',
    command,
  })
  it.each<[string, Texts, Changes, unknown]>([
    ['no manifest', {}, {}, missing('composer.json')],
    ['no lockfile', { '/app/composer.json': '{}' }, {}, unknownPlugins],
    [
      'no lockfile, and all plugins allowed',
      { '/app/composer.json': '{"config": {"allow-plugins": true}}' },
      {},
      unknownPlugins,
    ],
    [
      'no lockfile, and a plugin allowed that reads the project',
      {
        '/app/composer.json': '{"config": {"allow-plugins": {"symfony/flex": true}}}',
        '/app/symfony.lock': '{}',
      },
      {},
      runs('composer.json', 'symfony/flex'),
    ],
    [
      'no lockfile, and a plugin allowed that is not known',
      { '/app/composer.json': '{"config": {"allow-plugins": {"acme/plugin": true}}}' },
      {},
      runs('composer.json', 'acme/plugin'),
    ],
    [
      'a broken lockfile',
      { ...APP, '/app/composer.lock': '<<<<<<<' },
      {},
      { code: 'unreadable-manifest', file: 'composer.lock', problem: expect.any(String) },
    ],
    [
      'an unknown plugin',
      project({}, [plugin('composer/installers')]),
      {},
      runs('composer.lock', 'composer/installers'),
    ],
    [
      'flex without its lockfile',
      project({}, [plugin('symfony/flex')]),
      {},
      runs('composer.json', 'symfony/flex'),
    ],
    [
      'vendor-bin',
      project({}, [plugin('bamarni/composer-bin-plugin')], { '/app/vendor-bin/x/composer.json': '{}' }),
      {},
      runs('composer.json', 'vendor-bin'),
    ],
    [
      'merged repositories',
      project(
        { extra: { 'merge-plugin': { include: 'a.json' } } },
        [plugin('wikimedia/composer-merge-plugin')],
        { '/app/a.json': '{"repositories":[]}' },
      ),
      {},
      runs('a.json', 'wikimedia/composer-merge-plugin'),
    ],
    [
      'a repository around the project',
      project({ repositories: [{ type: 'path', url: './' }] }),
      {},
      { code: 'local-dependency', file: 'composer.json', dependency: './' },
    ],
    [
      'a repository outside',
      project({ repositories: [{ type: 'path', url: '../lib' }] }),
      {},
      { code: 'outside-context', file: 'composer.json', dependency: '../lib' },
    ],
    [
      'a local git repository',
      project({ repositories: [{ type: 'vcs', url: 'file:///srv/a' }] }),
      {},
      { code: 'local-dependency', file: 'composer.json', dependency: 'file:///srv/a' },
    ],
    [
      'an archive in a package',
      project({
        repositories: [{ type: 'package', package: { name: 'a/b', dist: { type: 'zip', url: 'b.zip' } } }],
      }),
      {},
      { code: 'local-dependency', file: 'composer.json', dependency: 'package' },
    ],
    [
      'programs among the sources',
      project({ config: { 'bin-dir': 'bin' } }, [], { '/app/bin/console': '' }),
      {},
      { code: 'tracked-output', path: 'bin' },
    ],
    [
      'packages in the project itself',
      project({ config: { 'vendor-dir': '.' } }),
      {},
      { code: 'unknown-argument', text: 'vendor-dir' },
    ],
    [
      'an unknown COMPOSER',
      APP,
      { env: { COMPOSER: undefined } },
      { code: 'unknown-argument', text: 'COMPOSER' },
    ],
  ])('refuses: %s', (_name, texts, changes, reason) => {
    expect(run(BARE, texts, changes).effect).toEqual({ known: false, role: 'install', reason })
  })

  it.each([
    ['symlink', 'symlink'],
    ['unknown', 'changed-input'],
  ] as const)('refuses a manifest that is %s', (kind, code) => {
    const { effect } = run(BARE, APP, {}, { kinds: { '/app/composer.json': kind } })
    expect(effect).toEqual({ known: false, role: 'install', reason: { code, file: 'composer.json' } })
  })
})

describe('the fetch step', () => {
  it.each([
    ['composer install', 'composer install --no-scripts --no-autoloader'],
    ['composer install --no-scripts', 'composer install --no-scripts --no-autoloader'],
    [
      'composer install --no-dev -o -a --apcu-autoloader',
      'composer install --no-dev --no-scripts --no-autoloader',
    ],
    ['composer install -no --prefer-dist', 'composer install -n --prefer-dist --no-scripts --no-autoloader'],
    [
      'composer install -q -vvv --optimize-autoloader',
      'composer install -q -vvv --no-scripts --no-autoloader',
    ],
    [
      'COMPOSER_ALLOW_SUPERUSER=1 php -d memory_limit=-1 /usr/bin/composer install --no-dev -o',
      'COMPOSER_ALLOW_SUPERUSER=1 php -d memory_limit=-1 /usr/bin/composer install --no-dev --no-scripts --no-autoloader',
    ],
    ['composer install \\\n  --no-dev \\\n  -o', 'composer install --no-dev --no-scripts --no-autoloader'],
    [
      'composer --working-dir="/app" install',
      'composer --working-dir="/app" install --no-scripts --no-autoloader',
    ],
  ])('%s', (text, command) => {
    const plain = toCommand(text.replace(/\\\n|^\w+=\S+ /g, ''))
    const { files } = fakeFiles(APP)
    const step = composer.fetch?.({ ...plain, text }, files)
    const noDev = text.includes('--no-dev') ? APP : { ...APP, '/app/composer.lock': '{}' }
    const tolerant = composer.fetch?.({ ...plain, text }, fakeFiles(noDev).files)
    expect(text.includes('--no-dev') ? step : tolerant).toEqual({ command, cwd: '/app' })
  })

  it('is known itself, and reads the same', () => {
    const { step, found } = fetchStep('composer install --no-dev', APP)
    const added = run(typeof step === 'object' && 'command' in step ? String(step.command) : '', APP)
    expect(added.effect).toMatchObject({ known: true, role: 'install' })
    expect(added.found).toEqual(found)
    expect(writesOf(added.effect).every((write) => write.allow !== undefined)).toBe(true)
  })

  it.each([
    'pre-install-cmd',
    'post-package-install',
    'pre-package-update',
    'pre-operations-exec',
    'pre-pool-create',
    'post-file-download',
  ])('is refused when scripts listen to %s', (script) => {
    const texts = project({ scripts: { [script]: ['php a.php', 'php b.php'] } })
    const reason = {
      code: 'lifecycle-script',
      file: 'composer.json',
      script,
      command: 'php a.php && php b.php',
    }
    expect(fetchStep('composer install --no-dev', texts).step).toEqual(reason)
    expect(fetchStep('composer install --no-dev --no-scripts', texts).step).toMatchObject({ cwd: '/app' })
  })

  it('leaves later scripts to the install that stays', () => {
    const texts = project({
      scripts: { 'post-install-cmd': 'php a.php', 'post-autoload-dump': 'php b.php', test: 'phpunit' },
    })
    expect(fetchStep('composer install --no-dev', texts).step).toMatchObject({ cwd: '/app' })
  })

  it.each<[string, unknown, boolean]>([
    ['the same', { 'post-install-cmd': 'php a.php', 'post-update-cmd': ['php a.php'] }, true],
    ['none', { 'post-autoload-dump': 'php a.php' }, true],
    ['only those of an install', { 'post-install-cmd': 'php a.php' }, false],
    ['only those of an update', { 'post-update-cmd': 'php a.php' }, false],
    ['one before the update', { 'pre-update-cmd': 'php a.php' }, false],
  ])('needs the same scripts for an install and an update without a lockfile: %s', (_name, scripts, fits) => {
    const manifest = JSON.stringify({ config: { 'allow-plugins': false }, scripts })
    const { step } = fetchStep('composer install', { '/app/composer.json': manifest })
    expect(step).toMatchObject(fits ? { cwd: '/app' } : { code: 'lifecycle-script', file: 'composer.json' })
  })

  it.each<[string, string, Texts, unknown]>([
    ['nothing to leave out', BARE, APP, undefined],
    ['another command', 'composer dump-autoload', APP, undefined],
    [
      'unknown flags',
      'composer install $FLAGS',
      APP,
      { code: 'unknown-argument', text: 'composer install $FLAGS' },
    ],
    [
      'a dry run',
      'composer install --dry-run',
      APP,
      { code: 'unknown-argument', text: 'composer install --dry-run' },
    ],
    [
      'a plugin for development',
      'composer install',
      APP,
      { code: 'lifecycle-script', file: 'composer.lock', script: 'plugin', command: 'acme/dev-plugin' },
    ],
    [
      'no lockfile',
      'composer install',
      { '/app/composer.json': '{}' },
      { code: 'unknown-plugins', file: 'composer.json', lockfile: 'composer.lock' },
    ],
    [
      'a value of its own',
      'composer install --no-dev --apcu-autoloader-prefix x',
      APP,
      { code: 'unknown-argument', text: 'composer install --no-dev --apcu-autoloader-prefix x' },
    ],
    [
      'a redirection',
      'composer install --no-dev > log.txt',
      APP,
      { code: 'unknown-argument', text: 'composer install --no-dev > log.txt' },
    ],
  ])('is none for %s', (_name, text, texts, expected) => {
    expect(fetchStep(text, texts).step).toEqual(expected)
  })
})

describe('other commands', () => {
  it.each(['composer install', 'composer install --no-scripts -o', 'composer install $FLAGS'])(
    '%s is a build',
    (text) => {
      expect(run(text, APP).effect).toEqual({ known: false, role: 'build' })
    },
  )

  it.each(['composer require a/b', 'composer update --no-dev', 'composer remove a/b'])(
    '%s edits manifests',
    (text) => {
      const reason = { code: 'edits-manifest', command: text, file: 'composer.json' }
      expect(run(text, APP).effect).toEqual({ known: false, role: 'install', reason })
    },
  )

  it.each([
    ['composer global require hirak/prestissimo', 'tool'],
    ['composer config -g repos.packagist.org composer https://mirror.example.com', 'tool'],
    ['composer config --global github-oauth.github.com $TOKEN', 'tool'],
    ['composer self-update --2', 'tool'],
    ['composer clear-cache', 'none'],
    ['composer --version', 'none'],
  ])('%s is %s', (text, role) => {
    expect(run(text, APP).effect).toMatchObject({ known: true, role })
  })

  it.each([
    'composer dump-autoload -o',
    'composer run-script post-install-cmd',
    'composer check-platform-reqs',
    'composer config platform.php 8.2',
    'composer config -g repositories.x path /srv/x',
  ])('%s may do anything', (text) => {
    expect(run(text, APP).effect).toEqual({ known: false })
  })

  it.each(['php artisan optimize', 'php -r x', './compose install'])('%s is not its own', (text) => {
    expect(run(text, APP).effect).toBeUndefined()
  })
})

describe('the installer', () => {
  const made: FakeOptions = { kinds: { '/app/composer-setup.php': 'unknown' } }
  const check = `if (hash_file('sha384', 'composer-setup.php') === 'c8b0') { echo 'Installer verified'.PHP_EOL; } else { echo 'Installer corrupt'.PHP_EOL; unlink('composer-setup.php'); exit(1); }`
  it.each<[string, string, FakeOptions]>([
    [
      'remote-script https://getcomposer.org/installer --install-dir=/usr/local/bin --filename=composer',
      '/usr/local/bin/composer',
      {},
    ],
    ['remote-script https://getcomposer.org/installer', '/app/composer.phar', {}],
    ['php composer-setup.php --install-dir /usr/bin --version=2.7.1', '/usr/bin/composer.phar', made],
  ])('%s', (text, path, options) => {
    const { effect } = run(text, {}, {}, options)
    expect(effect).toMatchObject({ known: true, role: 'tool' })
    expect(writesOf(effect)[0]).toEqual({ path })
    expect(writesOf(effect).slice(1)).toContainEqual({
      tree: '/root/.composer',
      mode: 'merge',
      allow: 'cache',
    })
  })

  it.each<[string, string]>([
    [`copy('https://getcomposer.org/installer', 'composer-setup.php');`, 'download'],
    [check, 'files'],
    [`unlink('composer-setup.php');`, 'files'],
  ])('php -r "%s"', (code, role) => {
    const effect = composer.resolve({ ...toCommand('php'), args: ['-r', code] }, fakeFiles({}, made).files)
    expect(effect).toMatchObject({ known: true, role, writes: [{ path: '/app/composer-setup.php' }] })
  })

  it('knows no other code', () => {
    const command = { ...toCommand('php'), args: ['-r', `unlink('index.php');`] }
    expect(composer.resolve(command, fakeFiles({}).files)).toBeUndefined()
  })

  it.each<[string, unknown]>([
    ['remote-script https://example.com/installer', undefined],
    ['remote-script https://getcomposer.org/installer --install-dir=$DIR', { known: false }],
    ['php index.php', undefined],
  ])('%s is not known', (text, effect) => {
    expect(run(text, {}, {}, made).effect).toEqual(effect)
  })

  it('a file of the project under its name is not known', () => {
    expect(run('php composer-setup.php', { '/app/composer-setup.php': '' }).effect).toBeUndefined()
  })

  it('is followed by an install with what it made', () => {
    const install = 'php composer.phar install --no-dev --no-scripts --no-autoloader'
    const { effect, found } = run(install, APP, {}, { kinds: { '/app/composer.phar': 'unknown' } })
    expect(effect).toMatchObject({ known: true, role: 'install' })
    expect(found).toEqual(expect.arrayContaining(MANIFESTS))
  })
})
