import { findFetchStep } from './find-fetch-step.ts'
import { resolveShards } from './resolve-shards.ts'
import type { Ecosystem } from '../../model/types.ts'

/** Crystal's dependency manager. */
export const shards: Ecosystem = {
  id: 'shards',
  name: 'Crystal shards',
  docs: 'https://crystal-lang.org/reference/man/shards/',
  commands: ['shards', 'shards install', 'shards install --production', 'shards install --frozen'],
  manifests: ['shard.yml', 'shard.lock', 'shard.override.yml', 'shard.yml of path dependencies'],
  ignore: [],
  resolve: resolveShards,
  fetch: findFetchStep,
}
