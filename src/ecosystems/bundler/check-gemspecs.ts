import { joinPath, parentPath } from '../../model/paths.ts'
import { firstReason } from '../shared/first-reason.ts'
import { isReason } from '../shared/outcome.ts'
import { isToken } from '../shared/lex-code.ts'
import { lookAt } from '../shared/look.ts'
import { runsCode } from '../shared/runs-code.ts'
import { openRuby, type RubyFile, type RubyRule } from './ruby-file.ts'
import { parsePath } from './ruby-paths.ts'
import { scanRuby } from './scan-ruby.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

/**
 * Looks at the gemspecs of a directory and at what they load. `manifests` when only those are to be copied: then the
 * install must not compile an extension, and the executables must be known; `tree` when all of the directory is.
 */
export function checkGemspecs(
  files: ImageFiles,
  dir: string,
  extent: 'manifests' | 'tree',
): Reason | undefined {
  // Bundler looks two levels down: `path "components" do`.
  const paths = ['*.gemspec', ...(extent === 'tree' ? ['*/*.gemspec', '*/*/*.gemspec'] : [])].flatMap(
    (glob) => files.find(dir, glob),
  )
  return firstReason(paths, (path) => {
    // A gemspec is evaluated in its own directory.
    const file = openRuby(files, path, parentPath(path))
    if (file === undefined || isReason(file)) return file
    return scanRuby(file, [listsFiles, ...(extent === 'tree' ? [] : [namesExtensions, namesExecutables])])
  })
}

/** `Dir["lib/**"]`: which files belong to the gem does not matter to an install from its directory. */
const listsFiles: RubyRule = (file, index) => {
  const { tokens } = file
  if (!isToken(tokens[index], 'Dir')) return undefined
  const [, next, glob] = tokens.slice(index, index + 3)
  if (isToken(next, '[')) return 1
  if (isToken(next, '.') && isToken(glob, 'chdir')) {
    const target = parsePath(file, index + (isToken(tokens[index + 3], '(') ? 4 : 3), file.cwd)
    return target?.path === parentPath(file.path) ? target.next - index : undefined
  }
  return isToken(next, '.') && (isToken(glob, 'glob') || isToken(glob, '[')) ? 3 : undefined
}

const namesExtensions: RubyRule = (file, index) => {
  const assigned = isAssignment(file, index, 'extensions')
  return assigned ? { code: 'native-addon', file: file.files.origin(file.path) } : undefined
}

/** The executables get scripts that start them, unless their files are missing. */
const namesExecutables: RubyRule = (file, index) => {
  if (!isAssignment(file, index, 'executables') && !isAssignment(file, index, 'executable')) return undefined
  const { tokens, files, path } = file
  const end = tokens.findIndex((token, at) => at > index && token.kind === 'newline')
  const values = tokens.slice(index + 2, end < 0 ? tokens.length : end)
  if (values.some((token) => token.kind === 'word' || token.inner !== undefined))
    return runsCode(files, path, 'executables')
  const names = values.flatMap((token) => (token.kind === 'string' ? token.text.split(/\s+/) : []))
  return firstReason(
    names.flatMap((name) => ['exe', 'bin'].map((bin) => joinPath(parentPath(path), `${bin}/${name}`))),
    (executable) => {
      const kind = lookAt(files, executable)
      return isReason(kind) ? kind : undefined
    },
  )
}

function isAssignment({ tokens }: RubyFile, index: number, name: string): boolean {
  const next = tokens[index + 1]
  return isToken(tokens[index], name) && (isToken(next, '=') || isToken(next, '<<') || isToken(next, '+'))
}
