import { resolveLuarocks } from './resolve-luarocks.ts'
import type { Ecosystem } from '../../model/types.ts'

export const luarocks: Ecosystem = {
  id: 'luarocks',
  name: 'LuaRocks',
  docs: 'https://github.com/luarocks/luarocks/blob/main/docs/luarocks_install.md',
  commands: [
    'luarocks install --only-deps x.rockspec',
    'luarocks make --only-deps',
    'luarocks build --only-deps x.rockspec',
    'luarocks install NAME',
  ],
  manifests: ['*.rockspec', 'luarocks.lock', '.luarocks'],
  ignore: ['**/lua_modules'],
  resolve: resolveLuarocks,
}
