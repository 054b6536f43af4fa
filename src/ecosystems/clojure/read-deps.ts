import { joinPath } from '../../model/paths.ts'
import { toFilePath } from '../shared/file-url.ts'
import { isReason } from '../shared/outcome.ts'
import { lookAt, lookInto } from '../shared/look.ts'
import { ednAt, ednString, ednWalk, parseEdn, type Edn } from '../shared/parse-edn.ts'
import type { ClojureCall } from './match-clojure.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/**
 * Reads deps.edn of the directory and of every local dependency, of all aliases. `undefined` when there is none and none is
 * needed. https://clojure.org/reference/deps_edn
 */
export function readDeps(call: ClojureCall, command: Command, files: ImageFiles): Reason | undefined {
  const path = joinPath(command.cwd, 'deps.edn')
  const seen = new Set<string>()
  const queue: { readonly form: Edn; readonly dir: string; readonly file: string }[] = []
  const add = (file: string, dir: string): Reason | undefined => {
    if (seen.has(file)) return undefined
    seen.add(file)
    const form = readForm(file, files)
    if (form === undefined || isReason(form)) return form
    queue.push({ form, dir, file })
    return undefined
  }
  const own = add(path, command.cwd)
  if (own !== undefined) return own
  if (queue.length === 0 && call.extra === undefined)
    return { code: 'missing-file', file: files.origin(path), command: command.text }
  if (call.extra !== undefined) {
    const [form] = parseEdn(call.extra) ?? []
    if (form === undefined) return { code: 'unknown-argument', text: command.text }
    queue.push({ form, dir: command.cwd, file: path })
  }
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { form, dir, file } = next
    for (const root of localRoots(form)) {
      const reason =
        checkRoot(joinPath(dir, root), root, file, files) ??
        add(joinPath(dir, `${root}/deps.edn`), joinPath(dir, root))
      if (reason !== undefined) return reason
    }
    for (const url of ednWalk(form).map((inner) => ednString(ednAt(inner, ':url')))) {
      const place = toFilePath(url ?? '')
      if (place !== undefined) files.readTree(joinPath(dir, place))
    }
  }
  return undefined
}

function readForm(path: string, files: ImageFiles): Edn | Reason | undefined {
  const text = lookInto(files, path)
  if (text === undefined || isReason(text)) return text
  const forms = parseEdn(text)
  const [form] = forms ?? []
  if (forms !== undefined && form?.kind === 'map') return form
  return { code: 'unreadable-manifest', file: files.origin(path), problem: 'it is not a map in EDN' }
}

function localRoots(form: Edn): readonly string[] {
  return ednWalk(form).flatMap((inner) => ednString(ednAt(inner, ':local/root')) ?? [])
}

/** A directory with deps.edn, or an archive. One that must be built first, or that Maven describes, reads more. */
function checkRoot(path: string, root: string, file: string, files: ImageFiles): Reason | undefined {
  const kind = lookAt(files, path)
  if (isReason(kind) || kind === 'file') return isReason(kind) ? kind : undefined
  if (kind === 'absent') return { code: 'outside-context', file: files.origin(file), dependency: root }
  const deps = joinPath(path, 'deps.edn')
  const text = files.peek(deps) ?? ''
  // `:deps/prep-lib` compiles the sources of the library.
  return files.peekKind(deps) === 'absent' || text.includes(':deps/prep-lib')
    ? { code: 'local-dependency', file: files.origin(file), dependency: root }
    : undefined
}
