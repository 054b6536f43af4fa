import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { layouts } from './layouts.mjs'

/** A repository of so many projects, one folder and one context each, over all layouts in turn. */
export function writeProjects(root, count) {
  const makers = Object.values(layouts)
  for (let n = 0; n < count; n++) {
    writeFiles(join(root, `team${n % 20}`, `service${n}`), makers[n % makers.length](n))
  }
  initialise(root)
}

/** A repository whose root is the context of so many Dockerfiles, with one ignore file for all. */
export function writeSharedContext(root, count) {
  writeFiles(root, { ...layouts.npm(0), Dockerfile: 'FROM node:20-slim\nCOPY . /app\n' })
  for (let n = 0; n < count; n++) {
    writeFiles(join(root, 'services', `service${n}`), {
      'main.js': 'export {}\n',
      Dockerfile: `FROM node:20-slim\nWORKDIR /srv/service${n}\nCOPY . .\nRUN npm ci\nCMD ["node", "services/service${n}/main.js"]\n`,
    })
  }
  initialise(root)
}

/** One project of a layout with so many tracked source files besides, a hundred to a folder. */
export function writeLargeContext(root, layout, count) {
  const files = layouts[layout](0)
  writeFiles(root, files)
  const entries = Object.keys(files)
  for (let n = 0; n < count; n++) {
    const folder = `lib/area${Math.floor(n / 10_000)}/part${Math.floor(n / 100) % 100}`
    if (n % 100 === 0) mkdirSync(join(root, folder), { recursive: true })
    const file = `${folder}/module${n}.ts`
    writeFileSync(join(root, file), '')
    entries.push(file)
  }
  git(root, ['init', '-q'])
  // All entries name the empty blob: hashing so many files would take longer than all else here.
  const index = entries.map((path) => `100644 e69de29bb2d1d6434b8b29ae775ad8c2e48c5391 0\t${path}\n`).join('')
  git(root, ['hash-object', '-w', '--stdin'], '')
  git(root, ['update-index', '--add', '--index-info'], index)
}

function writeFiles(directory, files) {
  for (const [path, text] of Object.entries(files)) {
    const file = join(directory, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}

function initialise(root) {
  git(root, ['init', '-q'])
  git(root, ['add', '-A'])
}

function git(root, args, input) {
  const result = spawnSync('git', ['-C', root, ...args], { input, stdio: ['pipe', 'ignore', 'inherit'] })
  if (result.status !== 0) throw new Error(`git ${args.join(' ')} failed in ${root}`)
}
