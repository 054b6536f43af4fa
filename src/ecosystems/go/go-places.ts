import { toPath } from '../../effects/targets.ts'
import { joinPath } from '../../model/paths.ts'
import { words } from '../../effects/words.ts'
import { DOWNLOAD_FILES } from '../shared/download-home.ts'
import type { Command, WriteEffect } from '../../model/types.ts'

/** Where go keeps what it downloads and installs. Without GOPATH that is /go in the official image, ~/go elsewhere. */
export function goPaths(command: Command): readonly string[] | undefined {
  const { env, home } = command
  if (!env.has('GOPATH') || env.get('GOPATH') === '') return ['/go', joinPath(home, 'go')]
  const path = toPath(command, env.get('GOPATH')?.split(':')[0])
  return path === undefined ? undefined : [path]
}

/** The module cache and the notes that every go command takes; a rewrite may add to them. */
export function cacheWrites(command: Command): readonly WriteEffect[] | undefined {
  const { env, home } = command
  const roots = goPaths(command)
  const given = env.get('GOMODCACHE')
  const cache = given === undefined || given === '' ? undefined : toPath(command, given)
  if (roots === undefined || (env.has('GOMODCACHE') && given !== '' && cache === undefined)) return undefined
  const config = env.get('XDG_CONFIG_HOME') || joinPath(home, '.config')
  const trees = [
    ...(cache === undefined ? roots.map((root) => joinPath(root, 'pkg/mod')) : [cache]),
    ...roots.map((root) => joinPath(root, 'pkg/sumdb')),
    joinPath(config, 'go/telemetry'),
  ]
  return trees.map((tree) => ({ tree, mode: 'merge', allow: 'cache' }))
}

/** Files of the user's home that decide how modules are found and fetched. */
export function homeFiles(command: Command): readonly string[] {
  const { env, home } = command
  const settings = env.get('GOENV')
  const config = env.get('XDG_CONFIG_HOME') || joinPath(home, '.config')
  const own =
    settings === undefined || settings === '' || settings === 'off' ? joinPath(config, 'go/env') : settings
  return [joinPath(command.cwd, own), ...DOWNLOAD_FILES.map((name) => joinPath(home, name))]
}

/** Variables that decide which modules are fetched and how; not those of the build (GOOS, CGO_ENABLED). */
export const FETCH_ENV: readonly string[] = words(`
  GO111MODULE GOPROXY GOPRIVATE GONOPROXY GONOSUMDB GONOSUMCHECK GOSUMDB GOFLAGS GOTOOLCHAIN
  GOMODCACHE GOPATH GOWORK GOENV GOROOT GOAUTH GOINSECURE GOVCS GOTMPDIR GODEBUG GOEXPERIMENT
  GOCACHEPROG NETRC GIT_CONFIG* GIT_SSH* GIT_SSL_* GIT_HTTP_* GIT_ASKPASS GIT_TERMINAL_PROMPT
  GIT_PROXY* SSH_* XDG_*
`)
