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

/** Whether some build of the context may use the repository's history. */
export function needsGit(input: TransformInput): boolean {
  const { checkout } = input.context
  const dockerfiles = [input, ...input.siblings].map(({ dockerfile }) => dockerfile)
  return (
    dockerfiles.some(namesGit) ||
    MANIFESTS.some((file) => {
      const text = checkout.read(file)
      return text !== undefined && (GIT_TOOLS.test(text) || GIT_COMMAND.test(text))
    })
  )
}

/** All Dockerfiles of a context ask this of all others. */
function namesGit(dockerfile: Dockerfile): boolean {
  const answer =
    answers.get(dockerfile) ?? dockerfile.instructions.some(({ original }) => GIT_COMMAND.test(original))
  answers.set(dockerfile, answer)
  return answer
}

const answers = new WeakMap<Dockerfile, boolean>()
