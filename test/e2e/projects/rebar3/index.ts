import type { Project } from '../../project.ts'

const images = ['elixir']

/** What was compiled when, and the times of git's checkout. */
const noise = [/\/source_(project_)?apps\.dag$/, /\/lib\/\w+\/\.git\/(index$|logs\/)/]

const lock = { files: ['rebar.lock'], command: 'rebar3 get-deps', image: 'erlang:25' }

export const projects: readonly Project[] = [
  {
    name: 'single',
    images,
    install: /^rebar3 get-deps/,
    source: 'src/shop.erl',
    comment: '%',
    copiedTo: '/app',
    noise,
    lock,
  },
  {
    name: 'release',
    images,
    install: /^rebar3 as prod get-deps/,
    build: /^rebar3 as prod release/,
    source: 'apps/shop/src/shop.erl',
    comment: '%',
    targets: ['build'],
    copiedTo: '/buildroot',
    noise,
    lock,
  },
  {
    name: 'dependencies-only',
    images,
    install: /rebar3 compile --deps_only/,
    source: 'lib/shop/src/shop.erl',
    comment: '%',
    copiedTo: '/app',
    noise,
    lock,
  },
]
