import { isWithin, joinPath, parentPath, relativeTo } from '../../model/paths.ts'
import { collectOutcomes, isReason, type Outcome } from './outcome.ts'
import { isSelfContained } from './self-contained.ts'
import { lookAt, lookInto } from './look.ts'
import { toObject } from './json-object.ts'
import type { PackageInfo } from './read-package.ts'
import type { Scene } from './scene.ts'
import type { Reason } from '../../findings/reasons.ts'

const CONFIGS = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'].flatMap((extension) => [
  `prisma.config.${extension}`,
  `.config/prisma.${extension}`,
])

/** What `prisma generate` reads and writes for a package; `schema` is the path that an option names. */
export function checkPrisma(scene: Scene, info: PackageInfo, schema?: string): Outcome {
  const { files } = scene
  const { dir } = info
  for (const name of ['.env', 'prisma/.env']) {
    const kind = lookAt(files, joinPath(dir, name))
    if (isReason(kind)) return kind
  }
  const configured = readConfigs(scene, dir)
  if (isReason(configured)) return configured
  const named = toObject(info.json['prisma'])['schema']
  const explicit = [schema, configured, typeof named === 'string' ? named : undefined].filter(
    (path) => path !== undefined,
  )
  const places = [...explicit, 'schema.prisma', 'prisma/schema.prisma']
  return collectOutcomes(new Set(places), (place) => checkSchema(scene, joinPath(dir, place)))
}

/** The schema path that a prisma.config names; the file is code, so that it must be simple to be trusted. */
function readConfigs({ files }: Scene, dir: string): string | Reason | undefined {
  for (const name of CONFIGS) {
    const text = lookInto(files, joinPath(dir, name))
    if (text === undefined) continue
    if (isReason(text)) return text
    const refusal = { code: 'prisma-generator', file: files.origin(joinPath(dir, name)) } as const
    if (!isSelfContained(text.replace(/import\s+['"]dotenv\/config['"]/, ''))) return refusal
    const literal = matchSchemaPath(text)
    if (literal === undefined && /\bschema\b/.test(text)) return refusal
    return literal === undefined ? undefined : joinPath(parentPath(joinPath(dir, name)), literal)
  }
  return undefined
}

/** `schema: "a/b.prisma"` or `schema: path.join("a", "b.prisma")`. */
function matchSchemaPath(text: string): string | undefined {
  const literal = /\bschema\s*:\s*(['"])([^'"]+)\1/.exec(text)?.[2]
  if (literal !== undefined) return literal
  const joined = /\bschema\s*:\s*(?:path\.)?join\(((?:\s*['"][^'"]+['"],?)+)\s*\)/.exec(text)?.[1]
  return joined?.match(/[^'",\s]+/g)?.join('/')
}

function checkSchema({ files }: Scene, path: string): Outcome {
  const kind = lookAt(files, path)
  if (isReason(kind)) return kind
  if (kind === 'absent') return []
  const schemas = kind === 'dir' ? files.find(path, '**/*.prisma') : [path]
  if (kind === 'dir') files.readTree(path)
  return collectOutcomes(schemas, (schema) => {
    const text = lookInto(files, schema)
    if (isReason(text)) return text
    const refusal = { code: 'prisma-generator', file: files.origin(schema) } as const
    return collectOutcomes(generatorBlocks(text ?? ''), (block) => {
      const provider = property(block, 'provider')
      if (provider === undefined || !/^prisma-client(-js)?$/.test(provider)) return refusal
      if (!/^\s*output\s*=/m.test(block)) return []
      const output = property(block, 'output')
      return output === undefined ? refusal : (checkOutput(files, schema, output) ?? refusal)
    })
  })
}

/** Where the client goes: outside node_modules it must be a place that the repository does not fill. */
function checkOutput(files: Scene['files'], schema: string, output: string): Outcome | undefined {
  const tree = joinPath(parentPath(schema), output)
  if (tree.includes('/node_modules/')) return []
  const origin = files.origin(schema)
  const base = schema.endsWith(`/${origin}`) ? schema.slice(0, -origin.length - 1) || '/' : undefined
  if (base === undefined || !isWithin(tree, base) || files.peekKind(tree) !== 'absent') return undefined
  return [{ tree, mode: 'merge', ignore: relativeTo(tree, base) }]
}

/**
 * Prisma's schema language has no published parser of its own; only whole `generator` blocks are looked at. One whose
 * end is not found is taken to be empty, which is refused.
 */
function generatorBlocks(text: string): readonly string[] {
  return text
    .split(/^\s*generator\s+\w+\s*\{/m)
    .slice(1)
    .map((rest) => /^([\s\S]*?)^\s*\}/m.exec(rest)?.[1] ?? '')
}

function property(block: string, name: string): string | undefined {
  return new RegExp(`^\\s*${name}\\s*=\\s*"([^"]*)"\\s*(//.*)?$`, 'm').exec(block)?.[1]
}
