import { resolveConan } from './resolve-conan.ts'
import type { Ecosystem } from '../../model/types.ts'

export const conan: Ecosystem = {
  id: 'conan',
  name: 'Conan',
  docs: 'https://docs.conan.io/2/reference/commands/install.html',
  commands: [
    'conan install . -of build',
    'conan install .. --build=missing',
    'conan profile detect',
    'conan remote add',
    'conan config install URL',
  ],
  manifests: ['conanfile.txt', 'conanfile.py', 'conan.lock', 'CMakeLists.txt', 'profiles'],
  ignore: ['**/CMakeUserPresets.json'],
  resolve: resolveConan,
}
