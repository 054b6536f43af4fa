import type { Argument, EnvEffect } from './types.ts'

/** What instructions set for the steps after them, and what of it ends up in the image's config. */
export interface Environment {
  /** Absolute; below `BASE_WORKDIR` while only the base image says. */
  readonly workdir: string
  /** The same, but for a slash at its end and the like: BuildKit keys commands by it. */
  readonly spelledWorkdir: string
  readonly user: string
  /** The words of SHELL. */
  readonly shell: readonly string[]
  /** ENV, in order; a value that cannot be known is `undefined`, and its spelling is in `spelled`. */
  readonly env: ReadonlyMap<string, Argument>
  /** Variables of ENV whose value no `--build-arg` can change. */
  readonly settled: ReadonlySet<string>
  /** ARG in scope: the default, or `undefined` when there is none. */
  readonly args: ReadonlyMap<string, Argument>
  /**
   * ENV and ARG as the builder keys them, in its order: name to a text that is equal only when the values are. `UNSET`
   * stands at its end when an ARG without a value follows.
   */
  readonly spelled: ReadonlyMap<string, string>
  readonly labels: ReadonlyMap<string, string>
  /** CMD, ENTRYPOINT, HEALTHCHECK, STOPSIGNAL, MAINTAINER: the last of each, with the SHELL that it uses. */
  readonly settings: ReadonlyMap<string, string>
  readonly ports: ReadonlySet<string>
  readonly volumes: ReadonlySet<string>
  readonly triggers: readonly string[]
}

/** Marks in `Environment.spelled` that a user may pass a value; no Dockerfile can hold it. */
export const UNSET = '\0'

/** Names that nearly every program honours. */
const GENERAL = [
  ...[
    'HOME',
    'PATH',
    'LANG',
    'LC_*',
    'LANGUAGE',
    'TZ',
    'TMPDIR',
    'SHELL',
    'BASH_ENV',
    'ENV',
    'UMASK',
    'LD_*',
  ],
  ...[
    'http_proxy',
    'https_proxy',
    'ftp_proxy',
    'all_proxy',
    'no_proxy',
    'GIT_SSL_*',
    'GIT_SSH*',
    'GIT_CONFIG*',
  ],
  ...[
    'SSL_CERT_FILE',
    'SSL_CERT_DIR',
    'CURL_CA_BUNDLE',
    'REQUESTS_CA_BUNDLE',
    'NODE_EXTRA_CA_CERTS',
    'SOURCE_DATE_EPOCH',
  ],
]

const STAMP_WORDS = [
  'git_?(sha|commit|hash|rev|revision|ref|branch|tag|describe)',
  '(commit|source|vcs|scm)_(sha|hash|id|ref|rev|revision|tag|date|time|commit|branch)',
  'build_?(date|time|timestamp|number|num|id|sha|ref|rev|revision|version|tag|commit|hash|url)',
  'release_(date|version|tag|sha)',
  '(app|image)_(version|tag|revision)',
  'github_(sha|ref|ref_name|run_id|run_number|head_ref)',
  'ci_(commit|pipeline|job|build)_?[a-z_]*',
]
const STAMP = new RegExp(
  `^((.*_)?(${STAMP_WORDS.join('|')})|sha|commit|revision|version|created|timestamp)$`,
  'i',
)

/**
 * Whether a variable's name says that it carries a commit, a date, a version or a build number of the project itself:
 * such a value changes with every build, and no package manager reads it.
 */
export function isBuildStamp(name: string): boolean {
  return STAMP.test(name)
}

/** Whether a command's result may depend on a variable. */
export function dependsOnVariable(effect: EnvEffect, text: string, name: string): boolean {
  if (text.includes(name) && new RegExp(`\\$\\{?[!#]?${escapePattern(name)}\\b`).test(text)) return true
  if (effect === 'all') return true
  if (matchesAny(GENERAL, name)) return true
  return effect === 'all-but-stamps' ? !isBuildStamp(name) : matchesAny(effect, name)
}

function matchesAny(patterns: readonly string[], name: string): boolean {
  const lower = name.toLowerCase()
  return patterns.some((pattern) => {
    const wanted = pattern.toLowerCase()
    return wanted.endsWith('*') ? lower.startsWith(wanted.slice(0, -1)) : lower === wanted
  })
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/** The value of a variable for later instructions: ENV wins over ARG, as the reference says. */
export function lookupVariable(environment: Environment, name: string): Argument {
  if (environment.env.has(name)) return environment.env.get(name)
  return environment.args.get(name)
}

/** What every RUN finds in its environment, by name. */
export function toProcessEnv(environment: Environment): ReadonlyMap<string, Argument> {
  return new Map([...environment.args, ...environment.env])
}

export function homeOf(environment: Environment): string {
  const home = lookupVariable(environment, 'HOME')
  if (home !== undefined) return home
  const [user = 'root'] = environment.user.split(':')
  return user === 'root' || user === '0' ? '/root' : `/home/${user}`
}

export function baseEnvironment(workdir: string, shell: readonly string[]): Environment {
  return {
    workdir,
    spelledWorkdir: workdir,
    user: 'root',
    shell,
    env: new Map(),
    settled: new Set(),
    args: new Map(),
    spelled: new Map(),
    labels: new Map(),
    settings: new Map(),
    ports: new Set(),
    volumes: new Set(),
    triggers: [],
  }
}
