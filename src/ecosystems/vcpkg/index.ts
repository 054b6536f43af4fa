import { resolveVcpkg } from './resolve-vcpkg.ts'
import { whyNoFetch } from './why-no-fetch.ts'
import type { Ecosystem } from '../../model/types.ts'

/** vcpkg in manifest mode. */
export const vcpkg: Ecosystem = {
  id: 'vcpkg',
  name: 'vcpkg',
  docs: 'https://learn.microsoft.com/vcpkg/commands/install',
  commands: [
    'vcpkg install',
    'vcpkg install --x-manifest-root=DIR',
    'vcpkg install --triplet=x64-linux',
    'vcpkg install NAME (without a manifest)',
    'bootstrap-vcpkg.sh',
    'vcpkg integrate install',
  ],
  manifests: [
    'vcpkg.json',
    'vcpkg-configuration.json',
    'overlay ports',
    'overlay triplets',
    'registries on the disk',
  ],
  ignore: ['**/vcpkg_installed'],
  resolve: resolveVcpkg,
  fetch: whyNoFetch,
}
