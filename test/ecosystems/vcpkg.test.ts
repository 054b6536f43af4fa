import { describe, expect, test } from 'vitest'
import { createRun, placeOf, refusal } from './create-run.ts'
import { vcpkg } from '../../src/ecosystems/vcpkg/index.ts'
import type { Texts } from './create-run.ts'

const APP: Texts = { '/app/vcpkg.json': '{ "dependencies": ["fmt"] }', '/app/CMakeLists.txt': '' }
const run = createRun(vcpkg, APP)
const ROOT = { env: { VCPKG_ROOT: '/opt/vcpkg' } }

describe('vcpkg install', () => {
  test.each([
    'vcpkg install',
    'vcpkg install --triplet x64-linux --host-triplet=x64-linux --x-feature=tests --x-no-default-features',
    'vcpkg install --clean-after-build --no-print-usage --allow-unsupported',
    'vcpkg install --x-manifest-root=/app',
    '/opt/vcpkg/vcpkg install --vcpkg-root=/opt/vcpkg',
  ])('%s reads the manifest and its configuration', (text) => {
    const { effect, found, paths, writes } = run(text, APP, ROOT)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(['/app/vcpkg.json'])
    expect(paths).toContain('/app/vcpkg-configuration.json')
    expect(writes).toEqual([
      { tree: '/app/vcpkg_installed', mode: 'merge', ignore: '**/vcpkg_installed' },
      { tree: '/opt/vcpkg', mode: 'merge' },
      { tree: '/root/.cache/vcpkg', mode: 'merge', allow: 'cache' },
    ])
  })

  test('the manifest may stand above the directory', () => {
    const { found, kept } = run('vcpkg install', APP, { ...ROOT, cwd: '/app/tools' })
    expect(found).toEqual(['/app/vcpkg.json'])
    expect(kept).toContain('/app/vcpkg_installed')
  })

  test.each([
    [{ 'overlay-ports': ['ports'] }, '/app/ports'],
    [{ 'overlay-triplets': ['./triplets'] }, '/app/triplets'],
    [{ registries: [{ kind: 'filesystem', path: 'registry' }] }, '/app/registry'],
    [{ 'default-registry': { kind: 'filesystem', path: 'registry' } }, '/app/registry'],
  ])('%j names a folder', (settings, folder) => {
    const texts = { ...APP, [`${folder}/fmt/portfile.cmake`]: 'vcpkg_cmake_install()' }
    for (const own of [
      { '/app/vcpkg-configuration.json': JSON.stringify(settings) },
      { '/app/vcpkg.json': JSON.stringify({ 'vcpkg-configuration': settings }) },
    ]) {
      const { effect, trees } = run('vcpkg install', { ...texts, ...own }, ROOT)
      expect(effect).toMatchObject({ known: true })
      expect(trees).toContain(folder)
    }
  })

  test('options and variables name folders, too', () => {
    const texts = { ...APP, '/app/a/x/vcpkg.json': '{}', '/app/b/x/vcpkg.json': '{}' }
    const env = { ...ROOT.env, VCPKG_OVERLAY_PORTS: 'b' }
    expect(run('vcpkg install --overlay-ports=a', texts, { env }).trees).toEqual(
      expect.arrayContaining(['/app/a', '/app/b']),
    )
  })

  test('places that options and variables name', () => {
    const env = {
      ...ROOT.env,
      VCPKG_DOWNLOADS: '/dl',
      VCPKG_BINARY_SOURCES: 'clear;files,/bin-cache,readwrite',
    }
    expect(
      run('vcpkg install --x-install-root=deps --x-buildtrees-root=/tmp/b', APP, { env }).writes,
    ).toEqual([
      { tree: '/app/deps', mode: 'merge', ignore: 'deps' },
      { tree: '/opt/vcpkg', mode: 'merge' },
      { tree: '/tmp/b', mode: 'merge' },
      { tree: '/dl', mode: 'merge' },
      { tree: '/bin-cache', mode: 'merge' },
      { tree: '/root/.cache/vcpkg', mode: 'merge', allow: 'cache' },
    ])
  })

  test.each([
    ['vcpkg install --x-new-option', 'vcpkg install --x-new-option'],
    ['vcpkg install fmt', 'vcpkg install fmt'],
  ])('%s is refused', (text, argument) => {
    expect(run(text, APP, ROOT).effect).toEqual(refusal({ code: 'unknown-argument', text: argument }))
  })

  test('without a manifest', () => {
    expect(run('vcpkg install', {}, ROOT).effect).toEqual(
      refusal({ code: 'missing-file', file: 'vcpkg.json', command: 'vcpkg install' }),
    )
  })

  test.each([
    ['{ "dependencies": [', /./],
    ['[]', /not an object/],
  ])('%s cannot be read', (text, problem) => {
    const { effect } = run('vcpkg install', { '/app/vcpkg.json': text }, ROOT)
    expect(effect).toMatchObject({
      reason: { code: 'unreadable-manifest', file: 'vcpkg.json', problem: expect.stringMatching(problem) },
    })
  })

  test.each(['"${CMAKE_CURRENT_LIST_DIR}/../../src"', '$ENV{SHOP_DIR}', '${CMAKE_SOURCE_DIR}/src'])(
    'a port with %s is refused',
    (text) => {
      const texts = {
        ...APP,
        '/app/vcpkg-configuration.json': '{ "overlay-ports": ["ports"] }',
        '/app/ports/cart/portfile.cmake': `set(SOURCE_PATH ${text})`,
      }
      expect(run('vcpkg install', texts, ROOT).effect).toMatchObject({
        known: false,
        reason: { code: 'manifest-runs-code', file: 'ports/cart/portfile.cmake' },
      })
    },
  )

  test('a folder that holds the project, or is outside', () => {
    const settings = (folder: string): Texts => ({
      ...APP,
      '/app/vcpkg-configuration.json': `{ "overlay-ports": ["${folder}"] }`,
    })
    expect(run('vcpkg install', settings('.'), ROOT).effect).toMatchObject({
      reason: { code: 'reads-sources' },
    })
    expect(run('vcpkg install', settings('../ports'), ROOT).effect).toEqual(
      refusal({ code: 'outside-context', file: 'vcpkg.json', dependency: '/ports' }),
    )
  })
})

describe("vcpkg's own directory", () => {
  test.each([
    ['/opt/vcpkg/vcpkg install', {}],
    ['/opt/vcpkg/vcpkg install', { VCPKG_ROOT: '/vcpkg' }],
    ['vcpkg install', { PATH: '/usr/bin:/opt/vcpkg' }],
  ])('%s %j', (text, env) => {
    expect(run(text, APP, { env }).kept).toContain('/opt/vcpkg')
  })

  test('that is not known', () => {
    expect(run('vcpkg install').effect).toEqual(refusal({ code: 'unknown-argument', text: 'VCPKG_ROOT' }))
  })

  test('in the repository', () => {
    expect(run('./vcpkg/vcpkg install').effect).toEqual(
      refusal({ code: 'reads-sources', text: './vcpkg/vcpkg install', path: 'vcpkg' }),
    )
    expect(run('./vcpkg/bootstrap-vcpkg.sh').effect).toBeUndefined()
  })
})

describe('other commands', () => {
  test('packages by name go to its own directory', () => {
    const { effect, kept } = run('vcpkg install fmt "curl[core]:x64-linux"', {}, ROOT)
    expect(effect).toMatchObject({ known: true, role: 'tool' })
    expect(kept).toEqual(['/opt/vcpkg'])
  })

  test('the script of a clone', () => {
    expect(run('/opt/vcpkg/bootstrap-vcpkg.sh -disableMetrics').effect).toMatchObject({
      known: true,
      role: 'tool',
    })
  })

  test.each(['vcpkg version', 'vcpkg list'])('%s', (text) => {
    expect(run(text, APP, ROOT).effect).toMatchObject({ known: true, role: 'none', writes: [] })
  })

  test('vcpkg add', () => {
    expect(run('vcpkg add port fmt', APP, ROOT).effect).toMatchObject({ reason: { code: 'edits-manifest' } })
  })

  test('vcpkg integrate', () => {
    expect(run('vcpkg integrate install', APP, ROOT).writes.map(placeOf)).toEqual(['/root/.vcpkg'])
  })
})

describe('cmake', () => {
  const TOOLCHAIN = '-DCMAKE_TOOLCHAIN_FILE=/opt/vcpkg/scripts/buildsystems/vcpkg.cmake'

  test.each([
    [`cmake -B build ${TOOLCHAIN}`, {}],
    [`cmake -S /app -B build -G Ninja ${TOOLCHAIN.replace('=', ':STRING=')}`, {}],
    ['cmake -Bbuild .', { CMAKE_TOOLCHAIN_FILE: '/opt/vcpkg/scripts/buildsystems/vcpkg.cmake' }],
  ])('%s installs while it configures', (text, env) => {
    const { effect, fetch } = run(text, APP, { env })
    expect(effect).toEqual({ known: false, role: 'build' })
    expect(fetch).toMatchObject({ code: 'reads-sources', path: 'CMakeLists.txt' })
  })

  test('without a manifest there is nothing to say', () => {
    expect(run(`cmake -B build ${TOOLCHAIN}`, { '/app/CMakeLists.txt': '' }).fetch).toBeUndefined()
  })

  test.each(['cmake -B build', `cmake --build build ${TOOLCHAIN}`])('%s is none of its own', (text) => {
    const { effect, fetch } = run(text)
    expect([effect, fetch]).toEqual([undefined, undefined])
  })
})
