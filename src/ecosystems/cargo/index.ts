import { findFetchStep } from './find-fetch-step.ts'
import { resolveCargo } from './resolve-cargo.ts'
import type { Ecosystem } from '../../model/types.ts'

/** Rust. */
export const cargo: Ecosystem = {
  id: 'cargo',
  name: 'Cargo',
  docs: 'https://doc.rust-lang.org/cargo/commands/cargo-fetch.html',
  commands: ['cargo fetch', 'cargo build (a fetch is added)', 'cargo chef cook', 'cargo install NAME'],
  manifests: [
    'Cargo.toml of the workspace, its members and local packages',
    'Cargo.lock',
    '.cargo/config.toml',
    'rust-toolchain.toml',
  ],
  ignore: ['**/target'],
  resolve: resolveCargo,
  fetch: findFetchStep,
}
