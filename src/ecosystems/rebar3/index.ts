import { findFetchStep, resolveRebar3 } from './resolve-rebar3.ts'
import type { Ecosystem } from '../../model/types.ts'

/** Erlang's dependencies, from a rebar.config. */
export const rebar3: Ecosystem = {
  id: 'rebar3',
  name: 'rebar3',
  docs: 'https://www.rebar3.org/docs/commands/',
  commands: [
    'rebar3 get-deps',
    'rebar3 as prod get-deps',
    'rebar3 compile --deps_only',
    './rebar3 get-deps',
    'rebar3 update',
  ],
  manifests: ['rebar.config', 'rebar.lock', 'apps/*/rebar.config', 'apps/*/src/*.app.src'],
  ignore: ['_build', 'rebar3.crashdump'],
  resolve: resolveRebar3,
  fetch: findFetchStep,
}
