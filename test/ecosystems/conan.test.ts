import { describe, expect, test } from 'vitest'
import { conan } from '../../src/ecosystems/conan/index.ts'
import { toCommand } from '../effects/to-command.ts'
import { fakeFiles, type FakeOptions } from './fake-files.ts'
import type { Effect, WriteEffect } from '../../src/model/types.ts'

type Texts = Readonly<Record<string, string>>
type Changes = Parameters<typeof toCommand>[1]

const APP: Texts = {
  '/app/conanfile.txt': '[requires]\nfmt/10.2.1\n\n[generators]\nCMakeDeps\nCMakeToolchain\n',
  '/app/CMakeLists.txt': '',
  '/app/src/main.cpp': '',
}
const PY = `from conan import ConanFile
from conan.tools.cmake import cmake_layout

class Shop(ConanFile):
    """Opens the shop."""
    settings = "os", "compiler", "build_type", "arch"
    requires = "fmt/10.2.1"
    generators = "CMakeDeps", "CMakeToolchain"

    def layout(self):
        cmake_layout(self)

    def build(self):
        version = open("VERSION").read()

    def package(self):
        self.run("make install")
`

function run(text: string, texts: Texts = APP, changes: Changes = {}, options: FakeOptions = {}) {
  const { files, looks } = fakeFiles(texts, options)
  const effect = conan.resolve(toCommand(text, changes), files)
  return { effect, ...looks() }
}

function writesOf(effect: Effect | undefined): readonly WriteEffect[] {
  if (effect?.known !== true) throw new Error(`not known: ${JSON.stringify(effect)}`)
  return effect.writes
}

const HOMES = [
  { tree: '/root/.conan2', mode: 'merge' },
  { tree: '/root/.conan', mode: 'merge' },
]

describe('conan install', () => {
  test.each([
    'conan install . -of build',
    'conan install . --output-folder=build --build=missing -s build_type=Release',
    'conan install . -of=build -pr:b=default -pr:h default --build missing',
    'conan install . -if build -sbuild_type=Debug -o fmt:shared=True',
    'conan install conanfile.txt -of /app/build -r conancenter',
  ])('%s', (text) => {
    const { effect, found, paths } = run(text)
    expect(effect).toMatchObject({ known: true, role: 'install', env: 'all-but-stamps' })
    expect(found).toEqual(['/app/conanfile.txt', '/app/CMakeLists.txt'])
    expect(paths).toEqual(
      expect.arrayContaining([
        '/app/conan.lock',
        '/app/.conanrc',
        '/app/conanws.yml',
        '/app/CMakeUserPresets.json',
      ]),
    )
    expect(writesOf(effect)).toEqual([
      { tree: '/app/build', mode: 'merge', ignore: 'build' },
      { path: '/app/CMakeUserPresets.json', ignore: '**/CMakeUserPresets.json' },
      ...HOMES,
    ])
  })

  test('the layout decides where files go', () => {
    const files = { '/app/conanfile.py': PY }
    expect(writesOf(run('conan install .', files).effect)[0]).toEqual({
      tree: '/app/build',
      mode: 'merge',
      ignore: 'build',
    })
    expect(writesOf(run('conan install . -of /out', files).effect)[0]).toEqual({
      tree: '/out/build',
      mode: 'merge',
    })
    for (const [text, cwd] of [
      ['conan install .', '/app'],
      ['conan install .. --build=missing', '/app/build'],
    ] as const) {
      const { effect } = run(text, APP, { cwd })
      expect(effect).toMatchObject({ known: false, reason: { code: 'reads-sources', path: '.' } })
    }
  })

  test('lockfiles, profiles and what they include', () => {
    const files = {
      ...APP,
      '/app/conan.lock': '{}',
      '/app/profiles/linux': 'include(base)\n[settings]\nos=Linux',
      '/app/profiles/base': '',
    }
    expect([...run('conan install . -of build -pr ./profiles/linux', files).found].sort()).toEqual([
      '/app/CMakeLists.txt',
      '/app/conan.lock',
      '/app/conanfile.txt',
      '/app/profiles/base',
      '/app/profiles/linux',
    ])
  })

  test('presets of CMake that others wrote stay', () => {
    const files = { ...APP, '/app/CMakeUserPresets.json': '{ "version": 4 }' }
    expect(writesOf(run('conan install . -of build', files).effect)).not.toContainEqual(
      expect.objectContaining({ path: '/app/CMakeUserPresets.json' }),
    )
    expect(
      run('conan install . -of build', {
        ...APP,
        '/app/CMakeUserPresets.json': '{ "vendor": { "conan": {} } }',
      }).effect,
    ).toMatchObject({ known: false, reason: { code: 'edits-manifest', file: 'CMakeUserPresets.json' } })
  })

  test('homes that variables set', () => {
    expect(
      writesOf(
        run('conan install . -of build', APP, { env: { CONAN_HOME: '/conan', CONAN_USER_HOME: '/old' } })
          .effect,
      ),
    ).toEqual(
      expect.arrayContaining([
        { tree: '/conan', mode: 'merge' },
        { tree: '/old/.conan', mode: 'merge' },
      ]),
    )
  })

  test('a conanfile that asks the environment depends on all of it', () => {
    const text = `import os\n${PY}\n    version = os.environ.get("V")\n`
    expect(run('conan install .', { '/app/conanfile.py': text }).effect).toMatchObject({
      known: true,
      env: 'all',
    })
  })

  test.each([
    'VERSION = open("VERSION").read()',
    'from tools import helper',
    'import subprocess',
    'exists = os.path.exists("x")',
    'class A(ConanFile):\n    python_requires = "base/1.0"',
    'class A(ConanFile):\n    def set_version(self):\n        self.version = load(self, "VERSION")',
  ])('refuses %s', (line) => {
    expect(run('conan install .', { '/app/conanfile.py': `${PY}\n${line}\n` }).effect).toMatchObject({
      known: false,
      reason: { code: 'manifest-runs-code', file: 'conanfile.py' },
    })
  })

  test.each<[string, string, Texts, unknown]>([
    ['no conanfile', 'conan install .', {}, { code: 'missing-file', file: 'conanfile.txt' }],
    ['a profile that is gone', 'conan install . -pr ./linux', APP, { code: 'missing-file', file: 'linux' }],
    [
      'a profile that is a program',
      'conan install . -pr linux',
      { ...APP, '/app/linux': '{% include "x" %}' },
      { code: 'manifest-runs-code', file: 'linux' },
    ],
    [
      'a home that is moved',
      'conan install .',
      { ...APP, '/app/.conanrc': '' },
      { code: 'reads-sources', path: '.conanrc' },
    ],
    [
      'a workspace',
      'conan install .',
      { ...APP, '/app/conanws.yml': '' },
      { code: 'reads-sources', path: 'conanws.yml' },
    ],
    ['an unknown argument', 'conan install . $X', APP, { code: 'unknown-argument' }],
  ])('refuses %s', (_, text, texts, reason) => {
    expect(run(text, texts).effect).toMatchObject({ known: false, role: 'install', reason })
  })

  test('other commands', () => {
    for (const text of [
      'conan profile detect',
      'conan profile new default --detect',
      'conan remote add x https://x.com',
      'conan config install https://github.com/a/b.git',
    ]) {
      expect(run(text).effect).toMatchObject({ known: true, role: 'tool', writes: HOMES })
    }
    for (const text of ['conan build .', 'conan create .'])
      expect(run(text).effect).toEqual({ known: false, role: 'build' })
    for (const text of [
      'conan install --requires=fmt/10.2.1',
      'conan config install ./conf',
      'conan upload x',
    ])
      expect(run(text).effect).toEqual({ known: false })
    expect(run('conan --version').effect).toMatchObject({ role: 'none' })
    expect(conan.fetch).toBeUndefined()
  })
})
