/**
 * Why a rewrite is not made. `code` states the obstacle; the arguments are what the sentence names. Every sentence
 * stands in `messages.ts`.
 */
export type Reason =
  /** A lifecycle script of the project runs during the install and may read its sources. */
  | {
      readonly code: 'lifecycle-script'
      readonly file: string
      readonly script: string
      readonly command: string
    }
  /** binding.gyp: the install compiles sources of the repository. */
  | { readonly code: 'native-addon'; readonly file: string }
  /** A dependency by local path that the install copies or that lies outside the context. */
  | { readonly code: 'local-dependency'; readonly file: string; readonly dependency: string }
  /** pnpm injects a workspace package as a copy. */
  | { readonly code: 'injected-dependency'; readonly file: string; readonly dependency: string }
  /** Prisma's client generation reads files that cannot be known. */
  | { readonly code: 'prisma-generator'; readonly file: string }
  /** A line of a requirements file, or without one the command, installs the project itself. */
  | { readonly code: 'installs-project'; readonly file?: string; readonly text: string }
  /** The command changes a manifest inside the image; a later COPY would undo it. */
  | { readonly code: 'edits-manifest'; readonly command: string; readonly file: string }
  /** The install rewrites the lockfile, and a later command reads it. */
  | { readonly code: 'stale-lockfile'; readonly file: string; readonly reader: string }
  /** The command needs a file that is not in the context. */
  | { readonly code: 'missing-file'; readonly file: string; readonly command: string }
  /** The command needs a file that lies outside the context. */
  | { readonly code: 'outside-context'; readonly file: string; readonly dependency: string }
  /** Nothing says which plugins the install runs: there is no lockfile, and the manifest does not limit them. */
  | { readonly code: 'unknown-plugins'; readonly file: string; readonly lockfile: string }
  /** A manifest is a symbolic link: copied by name it would become a file. */
  | { readonly code: 'symlink'; readonly file: string }
  /** A manifest cannot be parsed. */
  | { readonly code: 'unreadable-manifest'; readonly file: string; readonly problem: string }
  /** A manifest can be read and is code: `text` in it, or without one all of it, may read other files or run commands. */
  | { readonly code: 'manifest-runs-code'; readonly file: string; readonly text?: string }
  /** What the install writes is committed: the later COPY would overwrite it. */
  | { readonly code: 'tracked-output'; readonly path: string }
  /** What the install writes is copied by name somewhere, so it cannot be ignored. */
  | { readonly code: 'referenced-output'; readonly path: string; readonly by: string }
  /** Go modules are vendored. */
  | { readonly code: 'vendored'; readonly path: string }
  /** The RUN of the build removes what it has downloaded, which a step of its own would leave in the image. */
  | { readonly code: 'removes-downloads'; readonly command: string }
  /** A lockfile lacks an entry, so that a download could fail where the build does not; `fix` is the command to run. */
  | {
      readonly code: 'incomplete-lockfile'
      readonly file: string
      readonly dependency: string
      readonly fix?: string
    }
  /** An argument or path that the command depends on cannot be known. */
  | { readonly code: 'unknown-argument'; readonly text: string }
  /** A file that the command depends on was changed or made by an earlier command. */
  | { readonly code: 'changed-input'; readonly file: string }
  /** A command whose effects are unknown stands in the way. */
  | { readonly code: 'opaque-command'; readonly text: string; readonly line: number }
  /** A step between COPY and the install depends on the copied sources. */
  | { readonly code: 'needs-sources'; readonly text: string; readonly line: number }
  /** The install reads sources, so that splitting would not help. */
  | { readonly code: 'reads-sources'; readonly text: string; readonly path: string }
  /** Shell state that cannot be repeated crosses the place where the RUN would be cut. */
  | { readonly code: 'shell-state'; readonly text: string }
  /** The install and what needs the sources stand in one command of the RUN, which is not cut. */
  | { readonly code: 'joined-commands'; readonly text: string; readonly other: string }
  /** The RUN goes on when the command fails; in a RUN of its own the failure would end the build. */
  | { readonly code: 'failure-ignored'; readonly text: string }
  /** The RUN is written in a form that is not rewritten. */
  | { readonly code: 'run-form'; readonly form: string }
  /** The COPY is written in a form that is not rewritten. */
  | { readonly code: 'copy-form'; readonly text: string }
  /** The base has ONBUILD triggers, or is of a kind whose rules are not known. */
  | { readonly code: 'unknown-base'; readonly base: string }
  /** `# syntax=` names a frontend that may read the file by other rules. */
  | { readonly code: 'custom-frontend'; readonly frontend: string }
  /** A file name cannot be spelled in a COPY. */
  | { readonly code: 'unspellable-path'; readonly path: string }
  /** A needed ignore pattern cannot be written. */
  | { readonly code: 'cannot-ignore'; readonly pattern: string; readonly why: string }
  /** The model build of the result differs. */
  | { readonly code: 'not-proven'; readonly differences: readonly string[] }
  /** The result differs only in ways that the config forbids (`risk: "none"`). */
  | { readonly code: 'risk'; readonly note: string }
  /** The file has `# dockerfix-ignore`. */
  | { readonly code: 'ignored'; readonly why: string }
  /** The Dockerfile is built from several contexts, and the results differ. */
  | { readonly code: 'contexts-differ'; readonly contexts: readonly string[] }
