import { findFetchStep, resolveMix } from './resolve-mix.ts'
import type { Ecosystem } from '../../model/types.ts'

/** Elixir's dependencies, from a mix.exs. */
export const mix: Ecosystem = {
  id: 'mix',
  name: 'Mix',
  docs: 'https://hexdocs.pm/mix/Mix.Tasks.Deps.Get.html',
  commands: [
    'mix deps.get',
    'mix deps.get --only prod',
    'mix deps.compile',
    'mix do deps.get, deps.compile',
    'mix do deps.get + deps.compile',
    'mix local.hex --force',
    'mix local.rebar --force',
    'mix archive.install hex NAME',
  ],
  manifests: [
    'mix.exs',
    'mix.lock',
    'config/config.exs and what it imports',
    'apps/*/mix.exs',
    'mix.exs of path dependencies',
    'files that mix.exs reads',
  ],
  ignore: ['_build', 'deps', '.elixir_ls', 'erl_crash.dump'],
  resolve: resolveMix,
  fetch: findFetchStep,
}
