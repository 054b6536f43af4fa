import type { Project } from '../../project.ts'

const images = ['elixir']

/** What was compiled when, a release's random secret, and the times of git's checkout. */
const noise = [/\/\.mix\/compile\.app_tracer$/, /\/releases\/COOKIE$/, /\/deps\/\w+\/\.git\/(index$|logs\/)/]

export const projects: readonly Project[] = [
  {
    name: 'single',
    images,
    install: /^mix deps\.get/,
    source: 'lib/shop.ex',
    targets: ['build'],
    copiedTo: '/app',
    noise,
    lock: { files: ['mix.lock'], command: 'mix deps.get', image: 'elixir:1.14' },
  },
  {
    name: 'umbrella',
    images,
    install: /^mix deps\.get$/,
    build: /^mix do deps\.get, compile/,
    source: 'apps/shop/lib/shop.ex',
    copiedTo: '/src',
    noise,
    lock: { files: ['mix.lock'], command: 'mix deps.get', image: 'elixir:1.14' },
  },
  {
    name: 'path-dependency',
    images,
    install: /^mix deps\.get/,
    source: 'core/lib/core.ex',
    copiedTo: '/repo',
    noise,
    lock: { files: ['web/mix.lock'], command: 'cd web && mix deps.get', image: 'elixir:1.14' },
  },
]
