import type { Project } from '../../project.ts'

const common = {
  images: ['lua'],
  copiedTo: '/app',
  noise: [/^\/root\/\.cache\/luarocks\//],
  source: 'src/shop.lua',
  comment: '--',
} as const

export const projects: readonly Project[] = [
  { ...common, name: 'single', install: /^luarocks install/ },
  // `.luarocks` and `lua_modules` make the folder a project, with settings and a tree of its own.
  { ...common, name: 'project-tree', install: /luarocks make/ },
  { ...common, name: 'pinned', install: /luarocks install/ },
]
