import { words } from '../../effects/words.ts'
import { literalsIn, MARK, splitCode } from '../shared/split-code.ts'

/** What a build definition refers to, as far as its text shows. */
export interface ScalaScan {
  /** A construct that may read other files or run commands when the build is loaded; absent when there is none. */
  readonly hazard: string | undefined
  /** Whether it asks for variables of the environment. */
  readonly readsEnvironment: boolean
}

/** Names that read files or run programs; `RootProject` and `ProjectRef` load other builds. */
const CALLS = new Set(
  words(`
  IO Source Process ProcessBuilder sys.process Files Paths FileInputStream FileReader BufferedReader listFiles exists
  isFile isDirectory lastModified parseFile getRuntime readLines readAllBytes walk RootProject ProjectRef
  GlobFilter PathFinder
`),
)

/** Plugins that take the version from git's history when the build is loaded. */
const PLUGINS = new Set(
  words(
    'sbt-git sbt-dynver sbt-git-versioning sbt-git-versions sbt-ci-release sbt-semver-release sbt-version-policy',
  ),
)

/** Scans `*.sbt` and Scala of the build. */
export function scanScala(text: string): ScalaScan {
  const { code, strings } = splitCode(text, ['"""', '"'])
  // A shell command: `"git describe".!!`.
  const command = new RegExp(String.raw`${MARK}\s*\.\s*(?:!|lineStream|lazyLines)`).exec(code)?.[0]
  const names = [...code.matchAll(/\b[A-Za-z_]\w*/g)].map(([name]) => name)
  const call =
    names.find((name) => CALLS.has(name)) ?? (/\bsys\s*\.\s*process\b/.test(code) ? 'sys.process' : undefined)
  const plugin = strings.find((string) => PLUGINS.has(string))
  return {
    hazard: call ?? (command === undefined ? undefined : literalsIn(command, strings)[0]) ?? plugin,
    readsEnvironment: /\bsys\s*\.\s*env\b|\bgetenv\b|\benvOrElse\b/.test(code),
  }
}
