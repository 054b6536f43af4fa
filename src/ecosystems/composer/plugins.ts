import { joinPath } from '../../model/paths.ts'
import { firstReason } from '../shared/first-reason.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAt, lookAtAll } from '../shared/look.ts'
import { readPackage, type PackageInfo } from '../shared/read-package.ts'
import { toObject, toStrings, toTexts } from '../shared/json-object.ts'
import { words } from '../../effects/words.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/** Plugins that write below `vendor` only, and read nothing of the project but its manifests. */
const HARMLESS = new Set(
  words(`
    symfony/runtime symfony/thanks phpstan/extension-installer dealerdirect/phpcodesniffer-composer-installer
    pestphp/pest-plugin php-http/discovery composer/package-versions-deprecated ocramius/package-versions
    infection/extension-installer ergebnis/composer-normalize kylekatarnls/update-helper tbachert/spi
    yiisoft/yii2-composer
  `),
)

/** What a plugin reads of the project. */
type PluginRule = (files: ImageFiles, root: PackageInfo) => Reason | undefined

const READERS: ReadonlyMap<string, PluginRule> = new Map<string, PluginRule>([
  ['symfony/flex', readsSymfonyLock],
  ['cweagans/composer-patches', readsPatches],
  ['wikimedia/composer-merge-plugin', readsIncludes],
  ['bamarni/composer-bin-plugin', (files, root) => refuseIfThere(files, root, 'vendor-bin')],
])

/**
 * Checks the plugins that the lockfile installs: one that is not known may put packages among the sources, or read them.
 * https://getcomposer.org/doc/articles/plugins.md
 */
export function checkPlugins(
  files: ImageFiles,
  root: PackageInfo,
  lock: PackageInfo,
  dev: boolean,
): Reason | undefined {
  const lists = [lock.json['packages'], ...(dev ? [lock.json['packages-dev']] : [])]
  const packages = lists.flatMap((list) => (Array.isArray(list) ? list.map(toObject) : []))
  return firstReason(packages, ({ name, type }) => {
    if (typeof name !== 'string' || (type !== 'composer-plugin' && type !== 'composer-installer'))
      return undefined
    if (HARMLESS.has(name)) return undefined
    const rule = READERS.get(name)
    return rule === undefined ? runsPlugin(lock, name) : rule(files, root)
  })
}

/**
 * Without a lockfile the manifest says which plugins may run, if it does: Composer asks for that since 2.2. Those that
 * read the project work differently in an update. https://getcomposer.org/doc/06-config.md#allow-plugins
 * Where it does not, a Composer of 2.2 or newer runs none: without a terminal to ask on it stops at the first.
 * https://github.com/composer/composer/blob/2.8/src/Composer/Plugin/PluginManager.php (isPluginAllowed)
 */
export function checkAllowedPlugins(
  files: ImageFiles,
  root: PackageInfo,
  lockfile: string,
): Reason | undefined {
  const allowed = toObject(root.json['config'])['allow-plugins']
  if (allowed === false || (allowed === undefined && stopsAtPlugins(files))) return undefined
  if (typeof allowed !== 'object' || allowed === null)
    return { code: 'unknown-plugins', file: root.file, lockfile }
  return firstReason(Object.entries(allowed), ([name, value]) =>
    value === false || HARMLESS.has(name) ? undefined : runsPlugin(root, name),
  )
}

/** Whether the Composer of the image is of an official one of 2.2 or newer, as its tag says. https://hub.docker.com/_/composer */
function stopsAtPlugins(files: ImageFiles): boolean {
  const image = PROGRAMS.map((path) => files.image(path)).find((found) => found !== undefined)
  return image !== undefined && /^composer(:(latest|lts|2|2\.([2-9]|\d\d)(\.\d+)?))?$/.test(image)
}

const PROGRAMS = ['/usr/local/bin/composer', '/usr/bin/composer']

function runsPlugin(where: PackageInfo, name: string): Reason {
  return { code: 'lifecycle-script', file: where.file, script: 'plugin', command: name }
}

/** Without its lockfile Flex would apply every recipe again, which writes config files. */
function readsSymfonyLock(files: ImageFiles, root: PackageInfo): Reason | undefined {
  const kind = lookAt(files, joinPath(root.dir, 'symfony.lock'))
  if (isReason(kind)) return kind
  return kind === 'file' ? undefined : runsPlugin(root, 'symfony/flex')
}

/** https://docs.cweagans.net/composer-patches/ */
function readsPatches(files: ImageFiles, { dir, json, ...root }: PackageInfo): Reason | undefined {
  const extra = toObject(json['extra'])
  const named = extra['patches-file'] ?? toObject(extra['composer-patches'])['patches-file']
  const names = [
    'patches.json',
    'patches.lock.json',
    'composer.patches.json',
    ...(typeof named === 'string' ? [named] : []),
  ]
  const reason = lookAtAll(files, dir, names)
  if (reason !== undefined) return reason
  const lists: unknown[] = [extra['patches']]
  for (const name of names) {
    const file = files.peekKind(joinPath(dir, name)) === 'file' ? readPackage(files, dir, name) : undefined
    if (isReason(file)) return file
    lists.push(file?.json['patches'])
  }
  return firstReason(lists.flatMap(patchPaths), (path) => {
    const kind = lookAt(files, joinPath(dir, path))
    if (isReason(kind)) return kind
    return kind === 'dir' ? runsPlugin({ dir, json, ...root }, 'cweagans/composer-patches') : undefined
  })
}

/** `{ package: { description: path } }`, or in the second version lists of `{ url }`. */
function patchPaths(patches: unknown): readonly string[] {
  const entries = Object.values(toObject(patches)).flatMap((list): readonly string[] =>
    Array.isArray(list)
      ? list.flatMap((item) =>
          typeof item === 'string'
            ? [item]
            : [...toTexts(item)].filter(([key]) => key === 'url').map(([, url]) => url),
        )
      : [...toTexts(list).values()],
  )
  return entries.filter((path) => !/^[a-z]+:\/\//i.test(path))
}

/** https://github.com/wikimedia/composer-merge-plugin: manifests that are merged into the project's own. */
function readsIncludes(files: ImageFiles, root: PackageInfo): Reason | undefined {
  const settings = toObject(toObject(root.json['extra'])['merge-plugin'])
  const patterns = ['include', 'require'].flatMap((key) => {
    const value = settings[key]
    return typeof value === 'string' ? [value] : toStrings(value)
  })
  return firstReason(patterns, (pattern) => {
    if (/^\/|\.\.|[[\]{}?]/.test(pattern))
      return runsPlugin(root, `wikimedia/composer-merge-plugin ${pattern}`)
    return firstReason(files.find(root.dir, pattern.replace(/^\.\//, '')), (path) => {
      const included = readPackage(files, root.dir, path.slice(root.dir === '/' ? 1 : root.dir.length + 1))
      if (included === undefined || isReason(included)) return included
      const nested = 'merge-plugin' in toObject(included.json['extra']) || 'repositories' in included.json
      return nested ? runsPlugin(included, 'wikimedia/composer-merge-plugin') : undefined
    })
  })
}

function refuseIfThere(files: ImageFiles, root: PackageInfo, name: string): Reason | undefined {
  const path = joinPath(root.dir, name)
  if (files.peekKind(path) === 'absent') {
    files.kind(path)
    return undefined
  }
  return runsPlugin(root, name)
}
