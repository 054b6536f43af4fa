import { compareVersions, type ModuleGraph } from './module-graph.ts'

/**
 * The first module that go.sum has no content hash for; `undefined` when every download can be checked. Before go 1.17
 * a download covers the whole module graph, of which go.sum lists the go.mod hashes.
 */
export function findMissingSum(graph: ModuleGraph): string | undefined {
  const contents = new Set<string>()
  const listed = new Set<string>()
  for (const line of graph.sums.split(/\r?\n/)) {
    const [path = '', version = '', hash = ''] = line.trim().split(/\s+/)
    if (!hash.startsWith('h1:')) continue
    const plain = version.replace(/\/go\.mod$/, '')
    listed.add(`${path} ${plain}`)
    if (plain === version) contents.add(`${path} ${version}`)
  }
  const wanted = graph.requires.map(({ path, version }) => `${path} ${version}`)
  const all = compareVersions(graph.go ?? '1.0', '1.17') < 0 ? [...wanted, ...listed] : wanted
  return all.find((key) => !contents.has(key))?.split(' ')[0]
}
