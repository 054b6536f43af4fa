import { findFetchStep } from './find-fetch-step.ts'
import { resolveGo } from './resolve-go.ts'
import type { Ecosystem } from '../../model/types.ts'

/** Go modules. */
export const go: Ecosystem = {
  id: 'go',
  name: 'Go modules',
  docs: 'https://go.dev/ref/mod#go-mod-download',
  commands: ['go mod download', 'go mod verify', 'go install MODULE@VERSION'],
  manifests: [
    'go.mod',
    'go.sum',
    'go.work',
    'go.work.sum',
    'go.mod of local replacements and workspace members',
  ],
  ignore: ['**/*.test', '**/coverage.out'],
  resolve: resolveGo,
  fetch: findFetchStep,
}
