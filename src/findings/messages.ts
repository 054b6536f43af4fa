import type { Reason } from './reasons.ts'
import type { Note } from './types.ts'
import { visible, visibleLine } from './visible.ts'

/** One sentence: why the rewrite is not made, and what the user could do. Without the place; the reporters add it. */
export function reasonMessage(reason: Reason): string {
  switch (reason.code) {
    case 'lifecycle-script':
      return `${name(reason.file)} runs ${code(reason.command)} (${name(reason.script)}) during the install, and it may read your sources: install with scripts off and run it in a step after the COPY`
    case 'native-addon':
      return `${name(reason.file)} makes the install compile sources of the repository: copy them and the manifests before the install, then the rest`
    case 'local-dependency':
      return /^([a-z]+:)?\.\/?$/.test(reason.dependency)
        ? `${name(reason.file)} depends on the project itself (${name(reason.dependency)}), so the install reads all of it: remove that dependency`
        : `${name(reason.file)} depends on ${name(reason.dependency)} by a local path, and the install reads that folder: copy it and the manifests before the install, then the rest`
    case 'injected-dependency':
      return `${name(reason.file)} injects ${name(reason.dependency)}, so the install copies its sources: drop \`injected\`, or copy that package before the install`
    case 'prisma-generator':
      return `${name(reason.file)} lets the install generate the Prisma client from files that cannot be known: run \`prisma generate\` in a step after the COPY`
    case 'installs-project':
      return `${reason.file === undefined ? code(reason.text) : `${name(reason.file)} (${code(reason.text)})`} installs the project itself: install the dependencies in a step of their own, and the project after the COPY`
    case 'edits-manifest':
      return `${code(reason.command)} changes ${name(reason.file)}, and a later COPY would undo it: commit the file with the content and the mode that the command gives it`
    case 'stale-lockfile':
      return `the install rewrites ${name(reason.file)}, and ${code(reason.reader)} reads it afterwards: bring the lockfile up to date and commit it`
    case 'missing-file':
      return `${code(reason.command)} needs ${name(reason.file)}, which is not in the build context: commit it, or take it out of the ignore file`
    case 'outside-context':
      return `${name(reason.file)} needs ${name(reason.dependency)}, which lies outside the build context: build from a folder that holds both`
    case 'unknown-plugins':
      return `without ${name(reason.lockfile)} it is not known which plugins the install runs: commit the lockfile, or name them in \`config.allow-plugins\` of ${name(reason.file)}`
    case 'symlink':
      return `${name(reason.file)} is a symbolic link, and a COPY by name would turn it into a file: replace the link by the file`
    case 'unreadable-manifest':
      return `${name(reason.file)} cannot be read (${visibleLine(reason.problem)}): mend it, then run dockerfix again`
    case 'manifest-runs-code':
      return `${reason.text === undefined ? `${name(reason.file)} is a program that` : `${reason.text.startsWith('`') ? visibleLine(reason.text) : code(reason.text)} in ${name(reason.file)}`} may read other files or run commands, so what the install reads cannot be known: write plain values there, or copy the manifests and what they load before the install by hand`
    case 'tracked-output':
      return `${name(reason.path)} is committed, and the COPY after the install would overwrite what the install writes there: remove it from the repository`
    case 'referenced-output':
      return `${name(reason.path)} must be ignored for a split, but ${name(reason.by)} copies it: install it in the image there too, or build that file from a context of its own`
    case 'vendored':
      return `${name(reason.path)} holds the modules already, so that there is nothing to download: remove it to let a cached step download them`
    case 'removes-downloads':
      return `${code(reason.command)} removes what the same RUN has downloaded, and a download in a step of its own would stay in the image: build in a stage of its own, and copy from there what the image needs`
    case 'incomplete-lockfile':
      return `${name(reason.file)} lacks an entry for ${name(reason.dependency)}, so a download could fail where the build does not: run ${code(reason.fix ?? 'go mod tidy')} and commit the result`
    case 'unknown-argument':
      return reason.text.includes('$')
        ? `${code(reason.text)} depends on a value that only the build knows: write the value out, or declare it by ENV`
        : `${code(reason.text)} is not followed, so what the command reads cannot be known: use plain file names and values in its place`
    case 'changed-input':
      return `${name(reason.file)} is made or changed by an earlier command of the Dockerfile: commit it in its final form`
    case 'opaque-command':
      return `${code(reason.text)} in line ${reason.line} may read or write anything, so nothing moves across it: move it below the install by hand, if the install does not need it`
    case 'needs-sources':
      return `${code(reason.text)} in line ${reason.line} needs the copied sources and stands before the install: move it below the install, if the install does not need it`
    case 'reads-sources':
      return reason.path === '.'
        ? `${code(reason.text)} reads all of the copied sources, so it must re-run with them: give what needs only the manifests a RUN of its own`
        : `${code(reason.text)} reads ${name(reason.path)}, so it must re-run with that: copy it before the install by hand if it changes rarely, or give what needs only the manifests a RUN of its own`
    case 'shell-state':
      return `${code(reason.text)} sets shell state that the rest of the RUN needs: put the install into a RUN of its own`
    case 'joined-commands':
      return `${code(reason.text)} and ${code(reason.other)} stand in one command that is not cut: give each a RUN of its own, or join the two by && and nothing around them`
    case 'failure-ignored':
      return `the RUN goes on when ${code(reason.text)} fails, and the build would end there if the RUN were cut behind it: join the commands by && alone, or write each as a command of its own behind \`set -e\``
    case 'run-form':
      return `a RUN in this form (${visibleLine(reason.form)}) is not rewritten: write the install as a plain RUN`
    case 'copy-form':
      return `${code(reason.text)} is a form that is not rewritten: copy the manifests in a COPY of their own before the install`
    case 'unknown-base':
      return `the base ${code(reason.base)} may run build triggers or follows rules that are not known: name an image without ONBUILD`
    case 'custom-frontend':
      return `the frontend ${code(reason.frontend)} may read the file by other rules than docker/dockerfile: nothing was changed`
    case 'unspellable-path':
      return `${name(reason.path)} cannot be spelled in a COPY: rename it`
    case 'cannot-ignore':
      return `the ignore file cannot get the pattern ${code(reason.pattern)}: ${visibleLine(reason.why)}`
    case 'not-proven':
      return `the image would differ (${list(reason.differences)}): nothing was changed; make the change by hand if you know better`
    case 'risk':
      return `the config has \`risk: "none"\`, and the rewrite ${risks[reason.note] ?? `comes with a note: ${visible(reason.note)}`}`
    case 'ignored':
      return reason.why === ''
        ? 'a dockerfix-ignore comment says so'
        : `a dockerfix-ignore comment says so: ${visibleLine(reason.why)}`
    case 'contexts-differ':
      return `the file is built from several contexts (${reason.contexts.map(name).join(', ')}) and the result is not the same for each: give each context its own Dockerfile, or name one with --context`
  }
}

/** One sentence: what the rewrite alters on purpose. */
export function noteMessage(note: Note): string {
  switch (note.code) {
    case 'ignored-files':
      return `the ignore file now keeps ${count(note.files.length, 'tracked file')} (${size(note.bytes)}) out of the image: ${list(note.files)}`
    case 'lockfile-kept':
      return note.absent === true
        ? `the image gets no ${name(note.file)}, as the repository has none, even where the install would write one`
        : `${name(note.file)} in the image stays as the repository has it, even where the install would rewrite it`
    case 'cache-grows':
      return `a package manager's cache in ${note.stage === '' ? 'the image' : `stage ${name(note.stage)}`} may hold more than before`
    case 'warmed-up':
      return `dependencies are installed in two steps in ${note.stage === '' ? 'the image' : `stage ${name(note.stage)}`}: the second one, unchanged, has the last word`
    case 'install-sees':
      return `the install now finds ${list(note.files)}, as it would if everything were copied before it`
    case 'versions-freeze':
      return `there is no lockfile, so the cached install keeps its versions until ${name(note.file)} changes: commit a lockfile to choose them yourself`
    case 'cleaned-later':
      return `${code(note.text)} now runs in a later layer than what it removes, so that the image is the same but its layers are larger: put it in front of the build, in the RUN of the install`
    case 'refreshes-less':
      return `${code(note.text)} fetches from the network and now re-runs less often: build with --no-cache to refresh it`
  }
}

const risks: Readonly<Record<string, string>> = {
  lockfile: 'would keep a lockfile as the repository has it, where the install rewrites it',
  cache: "would let a package manager's cache in the image hold more than before",
  'warm-up': 'would install dependencies in two steps',
}

function name(text: string): string {
  return visibleLine(text)
}

function code(text: string): string {
  return `\`${visibleLine(text)}\``
}

function list(items: readonly string[]): string {
  const shown = items.slice(0, 5).map(name).join(', ')
  return items.length > 5 ? `${shown} and ${items.length - 5} more` : shown
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
