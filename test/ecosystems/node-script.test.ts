import { describe, expect, test } from 'vitest'
import { checkNodeScript } from '../../src/ecosystems/shared/node-script.ts'
import { fakeCommand, fakeFiles } from './fake-files.ts'

const FILE = '/app/bin/setup.mjs'

function check(text: string | undefined, others: Record<string, string> = {}, file = 'bin/setup.mjs') {
  const fake = fakeFiles({
    ...(text === undefined ? {} : { [FILE]: text }),
    '/app/package.json': '{}',
    ...others,
  })
  const info = { dir: '/app', path: '/app/package.json', file: 'package.json', text: '{}', json: {} }
  const scene = {
    files: fake.files,
    command: fakeCommand('npm ci'),
    root: '/app',
    members: new Set<string>(),
  }
  return { outcome: checkNodeScript(file, scene, info), looks: fake.looks() }
}

describe('a script that says what it does to files', () => {
  test.each<[string, readonly string[]]>([
    ['console.log("hello", process.env.CI, process.version)', []],
    ['#!/usr/bin/env node\nif (process.env.CI) process.exit(0)\n', []],
    ['import { readFileSync } from "node:fs"\nreadFileSync("a.json", "utf8")', ['/app/a.json']],
    [
      'import fs from "fs"\nimport path from "path"\nfs.existsSync(path.join(process.cwd(), "a.json"))',
      ['/app/a.json'],
    ],
    [
      'const fs = require("fs")\nconst { resolve } = require("path")\nfs.readFileSync(resolve(__dirname, "../a.json"))',
      ['/app/a.json'],
    ],
    [
      'import * as fs from "node:fs"\nfs.promises.readFile(new URL("../a.json", import.meta.url))',
      ['/app/a.json'],
    ],
    [
      'import { promises as fs } from "fs"\nconst name = "a"\nawait fs.readFile(`${name}.json`)',
      ['/app/a.json'],
    ],
    [
      'import { existsSync } from "fs"\nif (!existsSync("a.json") || !existsSync("b.json")) process.exit(1)',
      ['/app/a.json'],
    ],
    [
      'import { access } from "fs/promises"\nimport { dirname, basename } from "path"\naccess(dirname(import.meta.filename) + "")',
      ['unknown'],
    ],
  ])('%s', (text, found) => {
    const { outcome, looks } = check(text, { '/app/a.json': '{}' })
    if (found[0] === 'unknown') expect(outcome).toBe(undefined)
    else {
      expect(outcome).toEqual([])
      expect(looks.found).toEqual([FILE, ...found])
    }
  })

  test('what it writes, in a directory that it makes or that is there', () => {
    const head = 'import { mkdirSync, writeFileSync } from "fs"\nimport { dirname, resolve } from "path"\n'
    const out = `${head}const out = resolve(import.meta.dirname, "..", "public", "g.js")\n`
    const others = { '/app/public/index.html': '' }
    expect(
      check(`${out}mkdirSync(dirname(out), { recursive: true })\nwriteFileSync(out, "")`, others).outcome,
    ).toEqual([{ path: '/app/public/g.js', ignore: 'public/g.js' }])
    expect(check(`${head}writeFileSync("g.js", "")`).outcome).toEqual([{ path: '/app/g.js' }])
    // Above the sources there is no such directory.
    expect(check(`${out}writeFileSync(out, "")`, others).outcome).toBe(undefined)
    const make = 'mkdirSync(dirname(out), { recursive: true })'
    for (const maybe of [
      `if (process.env.CI) ${make}`,
      `function run() { ${make} }`,
      `process.env.CI && ${make}`,
    ]) {
      expect(check(`${out}${maybe}\nwriteFileSync(out, "")`, others).outcome).toBe(undefined)
      expect(check(`${out}${maybe}\nwriteFileSync(out, "")`).outcome).toHaveLength(2)
    }
    expect(check(`${out}mkdirSync(dirname(out))\nwriteFileSync(out, "")`, others).outcome).toBe(undefined)
  })

  test('a branch that is never taken', () => {
    const text = (name: string): string =>
      `import { existsSync } from "fs"\nif (!process.env.CI && existsSync("${name}")) await import("./" + process.env[name])`
    expect(check(text('.env')).outcome).toEqual([])
    expect(check(text('.env')).looks.paths).toContain('/app/.env')
    expect(check(text('package.json')).outcome).toBe(undefined)
  })

  test('which file it is', () => {
    const others = {
      '/app/bin/a.js': '',
      '/app/bin/b': '',
      '/app/bin/c/index.js': '',
      '/app/bin/package.json': '{}',
    }
    expect(check('', others, 'bin/a').looks.found).toEqual(['/app/bin/a.js', '/app/bin/package.json'])
    expect(check('', others, 'bin/b').looks.found).toEqual(['/app/bin/b', '/app/bin/package.json'])
    expect(check('', others, 'bin/c').outcome).toBe(undefined)
    // One that is missing fails wherever the install stands.
    expect(check(undefined).outcome).toEqual([])
  })
})

test.each([
  'import x from "./other.mjs"',
  'import ts from "typescript"',
  'import { execSync } from "child_process"',
  'const { execSync } = require("node:child_process")',
  'require("./other")',
  'require("fs").readFileSync("a.json")',
  'await import("./other.mjs")',
  'eval("1")',
  'new Function("return 1")()',
  '[].constructor.constructor("return 1")()',
  'globalThis.x = 1',
  'module.exports = 1',
  'process.chdir("src")',
  'process.binding("fs")',
  'const { env } = process',
  'console.log(process.env[key])',
  'console.log({ ...process.env })',
  'console.log(process.env.GIT_SHA)',
  'import fs from "fs"\nfs.readdirSync("src")',
  'import fs from "fs"\nfs.readFileSync(process.argv[2])',
  'import fs from "fs"\nfs.existsSync("src")',
  'import fs from "fs"\nfs.rmSync("a.json")',
  'import fs from "fs"\nfs["readFileSync"]("a.json")',
  'import fs from "fs"\nconst read = fs.readFileSync\nread("a.json")',
  'import fs from "fs"\nconsole.log(fs)',
  'import { readFileSync } from "fs"\n["a.json"].map(readFileSync)',
  'import { readFileSync } from "fs"\nlet name = "a.json"\nreadFileSync(name)',
  'import { readFileSync } from "fs"\nfor (const name of ["a"]) { const name = "b"; readFileSync(name) }',
  'import { readFileSync } from "fs"\nfunction read(readFileSync) { readFileSync("a.json") }',
  'import { readFileSync } from "fs"\nreadFileSync(...["a.json"])',
  'export * from "fs"',
  'const a = ;',
])('refuses %s', (text) => {
  expect(check(text, { '/app/a.json': '{}', '/app/src/a.ts': '' }).outcome).toBe(undefined)
})

test('a file that it reads and that a command may have changed is the reason', () => {
  const fake = fakeFiles(
    { [FILE]: 'import fs from "fs"\nfs.readFileSync("a.json")' },
    { kinds: { '/app/a.json': 'unknown' } },
  )
  const info = { dir: '/app', path: '/app/package.json', file: 'package.json', text: '{}', json: {} }
  const scene = {
    files: fake.files,
    command: fakeCommand('npm ci'),
    root: '/app',
    members: new Set<string>(),
  }
  expect(checkNodeScript('bin/setup.mjs', scene, info)).toEqual({ code: 'changed-input', file: 'a.json' })
})
