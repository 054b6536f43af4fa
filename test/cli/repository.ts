import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

export interface TestRepository {
  readonly root: string
  readonly read: (path: string) => string
  readonly git: (...args: readonly string[]) => string
}

/** The files in a fresh git repository, all staged; it is removed when the test is over. */
export function createRepository(files: Readonly<Record<string, string | Uint8Array>>): TestRepository {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'dockerfix-cli-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [...args], { cwd: root, encoding: 'utf8' })
  git('-c', 'init.defaultBranch=main', 'init', '--quiet')
  git('-c', 'core.autocrlf=false', 'add', '--all')
  return { root, git, read: (path) => readFileSync(join(root, path), 'utf8') }
}

/** A Node package with a Dockerfile that copies everything before it installs, below a folder (`api/`, or none). */
export function nodePackage(folder = ''): Readonly<Record<string, string>> {
  const manifest = { name: 'api', version: '1.0.0', dependencies: { express: '4.19.2' } }
  const lock = { name: 'api', version: '1.0.0', lockfileVersion: 3, packages: { '': manifest } }
  return {
    [`${folder}Dockerfile`]: 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "server.js"]\n',
    [`${folder}package.json`]: `${JSON.stringify(manifest)}\n`,
    [`${folder}package-lock.json`]: `${JSON.stringify(lock)}\n`,
    [`${folder}server.js`]: "require('express')\n",
  }
}

export const rewritten =
  'FROM node:20\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\nCMD ["node", "server.js"]\n'
