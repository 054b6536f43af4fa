import type { FileTree } from '../../src/context/types.ts'
import type { Dockerfile } from '../../src/dockerfile/types.ts'
import type { TransformInput } from '../types.ts'

const GIT_COMMAND =
  /\bgit\s+(describe|rev-parse|log|show|rev-list|tag|branch|status|diff|config|ls-files|submodule|symbolic-ref|name-rev|archive)\b|\.git(\/|["'\s]|$)/

/** Tools that take a version from the repository, in the manifests that name them. */
const GIT_TOOLS =
  /setuptools[_-]scm|hatch-vcs|versioningit|versioneer|dunamai|poetry-dynamic-versioning|git-commit-id|buildnumber-maven|jgitver|git-version|axion-release|nebula\.release|sbt-git|sbt-dynver|GitVersion|Nerdbank|MinVer|vergen|shadow-rs|\bgit2\b|goreleaser|git-revision|next-build-id|semantic-release|ReadBuildInfo|simple-git/i

const MANIFESTS = [
  'package.json',
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'build.rs',
  'Cargo.toml',
  'Makefile',
  'build.sbt',
  'mix.exs',
  'main.go',
]

/** Build descriptions that are programs, wherever they stand; Crystal's sources run commands while they are compiled. */
const PROGRAMS =
  /^(?:CMakeLists\.txt|build\.zig|meson\.build|package\.yaml|mix\.exs|rebar\.config|.+\.(?:cmake|cabal|nimble|nims|cr|app\.src|gemspec))$/

/** How they call git: `{{ `git describe` }}`, `b.run(&.{ "git", "-C", root })`, `find_package(Git)`, `$(gitHash)`. */
const GIT_CALL = /["'`]git["'`\s]|\bfind_package\(Git\b|\bGIT_EXECUTABLE\b|\bvcs_tag\(|\b(?:gitrev|githash)\b/

/** How applications and releases of Erlang ask for a version of the repository: `{vsn, git}`. */
const ERLANG_VERSION = /\b(?:vsn|release\s*,\s*\{\s*\w+)\s*,\s*\{?\s*"?(?:git|semver)\b/

/** Where a dependency comes from, which is no call of git: `https://example.com/a.git`. */
const ADDRESS = /\b[a-z+]+:\/\/[^\s"']+|\bgit@[^\s"']+/g

/** More of them than are worth reading: they may well use it. */
const MANY = 2000

/** Whether some build of the context may use the repository's history. */
export function needsGit(input: TransformInput): boolean {
  const { checkout } = input.context
  const dockerfiles = [input, ...input.siblings].map(({ dockerfile }) => dockerfile)
  return (
    dockerfiles.some(namesGit) ||
    MANIFESTS.some((file) => {
      const text = checkout.read(file)
      return text !== undefined && (GIT_TOOLS.test(text) || GIT_COMMAND.test(text))
    }) ||
    isCalledByPrograms(checkout)
  )
}

function isCalledByPrograms(checkout: FileTree): boolean {
  const paths = checkout.findNames?.((name) => PROGRAMS.test(name)) ?? []
  return (
    paths.length > MANY ||
    paths.some((path) => {
      const text = checkout.read(path)?.replaceAll(ADDRESS, '')
      return text !== undefined && [GIT_CALL, ERLANG_VERSION, GIT_COMMAND].some((call) => call.test(text))
    })
  )
}

/** Composer writes the commit and the branch of the project into `vendor/composer/installed.php`. */
const COMPOSER = /\bcomposer(?:\.phar|2)?\b.*\b(?:install|i|update|require|create-project)\b/

/** All Dockerfiles of a context ask this of all others. */
function namesGit(dockerfile: Dockerfile): boolean {
  const answer =
    answers.get(dockerfile) ??
    dockerfile.instructions.some(
      ({ keyword, original }) =>
        GIT_COMMAND.test(original) || (keyword === 'RUN' && COMPOSER.test(original.replace(/\\\r?\n/g, ' '))),
    )
  answers.set(dockerfile, answer)
  return answer
}

const answers = new WeakMap<Dockerfile, boolean>()
