import { brew } from './brew/index.ts'
import { bun } from './bun/index.ts'
import { bundler } from './bundler/index.ts'
import { cabal } from './cabal/index.ts'
import { carton } from './carton/index.ts'
import { composer } from './composer/index.ts'
import { cargo } from './cargo/index.ts'
import { conan } from './conan/index.ts'
import { cpanm } from './cpanm/index.ts'
import { dart } from './dart/index.ts'
import { deno } from './deno/index.ts'
import { dotnet } from './dotnet/index.ts'
import { go } from './go/index.ts'
import { julia } from './julia/index.ts'
import { luarocks } from './luarocks/index.ts'
import { nimble } from './nimble/index.ts'
import { rebar3 } from './rebar3/index.ts'
import { mix } from './mix/index.ts'
import { gradle } from './gradle/index.ts'
import { maven } from './maven/index.ts'
import { npm } from './npm/index.ts'
import { pip } from './pip/index.ts'
import { pnpm } from './pnpm/index.ts'
import { poetry } from './poetry/index.ts'
import { clojure } from './clojure/index.ts'
import { lein } from './lein/index.ts'
import { renv } from './renv/index.ts'
import { sbt } from './sbt/index.ts'
import { shards } from './shards/index.ts'
import { stack } from './stack/index.ts'
import { swift } from './swift/index.ts'
import { uv } from './uv/index.ts'
import { conda } from './conda/index.ts'
import { hatch } from './hatch/index.ts'
import { pdm } from './pdm/index.ts'
import { pipenv } from './pipenv/index.ts'
import { pixi } from './pixi/index.ts'
import { vcpkg } from './vcpkg/index.ts'
import { yarn } from './yarn/index.ts'
import { zig } from './zig/index.ts'
import type { Ecosystem } from '../model/types.ts'

/** All package managers, in the order in which they are asked. */
export const ecosystems: readonly Ecosystem[] = [
  npm,
  yarn,
  pnpm,
  pip,
  go,
  bundler,
  composer,
  dotnet,
  mix,
  rebar3,
  dart,
  bun,
  deno,
  cargo,
  maven,
  gradle,
  sbt,
  lein,
  clojure,
  poetry,
  uv,
  conda,
  hatch,
  pdm,
  pipenv,
  pixi,
  shards,
  swift,
  cabal,
  stack,
  cpanm,
  carton,
  nimble,
  zig,
  luarocks,
  renv,
  conan,
  vcpkg,
  julia,
  brew,
]
