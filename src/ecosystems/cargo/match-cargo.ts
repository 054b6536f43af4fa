import { hasOption, optionValues, parseOptions, type Options } from '../../effects/options.ts'
import { toPath } from '../../effects/targets.ts'
import { words } from '../../effects/words.ts'
import { isSystemPath, joinPath } from '../../model/paths.ts'
import type { Argument, Command } from '../../model/types.ts'

/** A call of cargo. */
export interface CargoCall {
  /** `fetch`, `build`, `chef cook`; absent when it cannot be known. */
  readonly verb: string | undefined
  /** `+nightly`. */
  readonly toolchain?: string
  /** What stands around the verb; its operands are those behind it. */
  readonly options: Options
}

/** Options with a value. https://doc.rust-lang.org/cargo/commands/cargo-build.html, cargo-fetch.html, cargo-install.html */
const VALUED = words(`
  --config -Z -C --color --manifest-path --lockfile-path --target --target-dir --artifact-dir --out-dir --profile
  --message-format -F --features -p --package --exclude -j --jobs --bin --example --test --bench --root --path
  --git --branch --tag --rev --index --registry --version --vers --recipe-path
`)

/** Commands with a command of their own. */
const NESTED = new Set(words('chef auditable leptos component lambda pgrx tauri'))

/** Recognises `cargo` and the `xx-cargo` of tonistiigi/xx. */
export function matchCargo(command: Command): CargoCall | undefined {
  const { name, program, args } = command
  if ((name !== 'cargo' && name !== 'xx-cargo') || program === undefined) return undefined
  const path = joinPath(command.cwd, program)
  if (program.includes('/') && !isSystemPath(path) && !path.endsWith('/cargo/bin/cargo')) return undefined
  const [first] = args
  const toolchain = first?.startsWith('+') === true ? first : undefined
  const options = parseOptions(toolchain === undefined ? args : args.slice(1), VALUED)
  const [verb, next, ...rest] = options.operands
  const nested = verb !== undefined && NESTED.has(verb)
  return {
    verb: nested && next !== undefined ? `${verb} ${next}` : verb,
    ...(toolchain === undefined ? {} : { toolchain }),
    options: { ...options, operands: nested ? rest : options.operands.slice(1) },
  }
}

/** The manifest that `--manifest-path` names, or the directory to search upwards from; `undefined` when unknown. */
export function startOf(
  command: Command,
  { options }: CargoCall,
): { readonly manifest?: string; readonly dir: string } | undefined {
  if (hasOption(options, '-C', '--lockfile-path')) return undefined
  const given: readonly Argument[] = optionValues(options, '--manifest-path')
  if (given.length === 0) return { dir: command.cwd }
  const manifest = toPath(command, given.at(-1))
  return manifest === undefined ? undefined : { manifest, dir: command.cwd }
}

/** Whether the lockfile must not change, by an option. */
export function isLocked({ options }: CargoCall): boolean {
  return hasOption(options, '--locked', '--frozen')
}

/** Whether the network must not be used. */
export function isOffline(command: Command, { options }: CargoCall): boolean {
  return hasOption(options, '--offline', '--frozen') || command.env.get('CARGO_NET_OFFLINE') === 'true'
}
