// Counts the commands of all RUN scripts below a directory of repositories, by what the compiled program knows of them,
// and lists those that it does not know, the most frequent first:
//     npm run build && node test/bench/count-opaque.mjs ../corpus [examples per command]
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const [directory, shown = '2'] = process.argv.slice(2)
if (directory === undefined) {
  console.error('usage: node test/bench/count-opaque.mjs <directory of repositories> [examples per command]')
  process.exit(2)
}
const dist = process.env.DOCKERFIX_DIST ?? fileURLToPath(new URL('../../dist', import.meta.url))
const load = (path) => import(pathToFileURL(join(dist, 'src', path)).href)
const { guessContext } = await load('context/guess-context.js')
const { openContext } = await load('context/build-context.js')
const { readCopySources } = await load('commands/read-copy-sources.js')
const { parseDockerfile } = await load('dockerfile/scan.js')
const { resolveCommand } = await load('knowledge.js')
const { buildModel } = await load('model/build.js')

/** What runs the code of a project: its effects are its own. */
const RUNNERS = new Set(
  'npm pnpm yarn bun npx bunx deno node make cmake ninja meson just task bazel gcc g++ cargo go mix rebar3 mvn mvnw gradle gradlew sbt lein dotnet composer bundle rake rails ruby python python3 php perl crystal nimble swift stack cabal dart flutter hugo zola mkdocs bash sh . source'.split(
    ' ',
  ),
)

const root = resolve(directory)
const counts = { known: 0, managers: 0, own: 0, opaque: 0 }
const unknown = new Map()
const files = findDockerfiles(root)
for (const file of files) count(file)

const total = counts.known + counts.managers + counts.own + counts.opaque
const share = (number) => `${((100 * number) / total).toFixed(1)} %`
console.log(`${files.length} Dockerfiles, ${total} commands in RUN`)
console.log(`known                                      ${counts.known} (${share(counts.known)})`)
console.log(`of a package manager, refused or building  ${counts.managers} (${share(counts.managers)})`)
console.log(`a project's own scripts and builds         ${counts.own} (${share(counts.own)})`)
console.log(`not known                                  ${counts.opaque} (${share(counts.opaque)})\n`)
for (const [name, texts] of [...unknown].sort((a, b) => b[1].length - a[1].length)) {
  console.log(`${texts.length} ${name}`)
  for (const text of texts.slice(0, Number(shown))) console.log(`    ${text}`)
}

function findDockerfiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return /^(\.git|node_modules)$/.test(entry.name) ? [] : findDockerfiles(path)
    return entry.isFile() && /^(Dockerfile|Containerfile)|\.dockerfile$/i.test(entry.name) ? [path] : []
  })
}

function count(file) {
  const text = readFileSync(file, 'utf8')
  const dockerfile = parseDockerfile(text)
  if (!('instructions' in dockerfile)) return
  const [repository = ''] = relative(root, file).split('/')
  const { context } = guessContext(file, readCopySources(text), join(root, repository))
  const { checkout } = openContext(context, new Map())
  const build = buildModel(dockerfile, checkout, { resolve: resolveCommand })
  for (const { unit, effects } of build.stages.flatMap(({ steps }) => steps.flatMap(({ atoms }) => atoms))) {
    for (const [index, command] of unit.commands.entries()) {
      const kind = classify(command, effects[index])
      counts[kind]++
      if (kind !== 'opaque') continue
      const name = command?.name ?? '(not readable)'
      const line = `${(command?.text ?? unit.text).replace(/\s+/g, ' ').slice(0, 150)}  ${relative(root, file)}`
      unknown.set(name, [...(unknown.get(name) ?? []), line])
    }
  }
}

function classify(command, effect) {
  if (effect?.known === true) return 'known'
  if (['install', 'fetch', 'build'].includes(effect?.role)) return 'managers'
  const program = command?.program ?? ''
  const isOwn =
    RUNNERS.has(command?.name) || (program.includes('/') && !/^\/(usr\/(local\/)?)?s?bin\//.test(program))
  return isOwn && !/^(config|root|cache|prune)$/.test(command?.args[0] ?? '') ? 'own' : 'opaque'
}
