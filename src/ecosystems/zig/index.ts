import { findFetchStep } from './find-fetch-step.ts'
import { resolveZig } from './resolve-zig.ts'
import type { Ecosystem } from '../../model/types.ts'

export const zig: Ecosystem = {
  id: 'zig',
  name: 'Zig',
  docs: 'https://ziglang.org/learn/build-system/',
  commands: ['zig build --fetch', 'zig build --fetch=all', 'zig fetch URL'],
  manifests: ['build.zig', 'build.zig.zon', 'build.zig.zon of path dependencies'],
  ignore: ['**/.zig-cache', '**/zig-cache', '**/zig-out'],
  resolve: resolveZig,
  fetch: findFetchStep,
}
