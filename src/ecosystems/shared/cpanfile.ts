import { joinPath } from '../../model/paths.ts'
import { isReason } from './outcome.ts'
import { lookInto } from './look.ts'
import { runsCode } from './runs-code.ts'
import { stripComments } from './strip-comments.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { ImageFiles } from '../../model/types.ts'

export interface Cpanfile {
  /** Whether it asks the environment. */
  readonly usesEnvironment: boolean
}

/** Words by which a Perl program reads files, runs commands or loads code. */
const ACCESS = new RegExp(
  [
    '`|<[^<>=]*>|\\bdo\\s*[^\\s{]|\\buse\\s+(?!strict\\b|warnings\\b|utf8\\b|v?\\d)',
    '\\b(?:require|open\\w*|sysopen|readline|readdir|readlink|stat|lstat|system|exec|fork|qx|glob|eval|syscall)\\b',
    '\\b(?:slurp\\w*|path|File|IO|Path|Cwd|FindBin|__FILE__|__DIR__)\\b',
    // File tests: `-e 'lib/A.pm'`.
    '(?<![\\w$@%>-])-[a-zA-Z]\\s+[$"\'(/\\w]',
  ].join('|'),
)

/** Looks at a cpanfile, which is a Perl program. https://metacpan.org/dist/Module-CPANfile/view/lib/cpanfile.pod */
export function readCpanfile(files: ImageFiles, path: string): Cpanfile | Reason | undefined {
  const text = lookInto(files, path)
  if (text === undefined || isReason(text)) return text
  const perl = (text.split(/^__(?:END|DATA)__$/m)[0] ?? '').replace(/^=\w[\s\S]*?^=cut.*$/gm, '')
  const syntax = { line: ['#'], quotes: ['"', "'"] } as const
  const code = stripComments(perl, syntax)
  const access = ACCESS.exec(stripComments(perl, syntax, true))
  if (access !== null) return runsCode(files, path, access[0].replace(/\s*['"(].*$/, '').trim())
  // Distributions may be taken from the disk: `dist => '../x.tar.gz'`, `url => 'file:///...'`.
  const local = /(["'])(\.{0,2}\/[^"']*|file:[^"']*)\1/.exec(code)?.[2]
  if (local !== undefined) return { code: 'local-dependency', file: files.origin(path), dependency: local }
  return { usesEnvironment: /%ENV|\$ENV\b/.test(code) }
}

/** Where the package managers of Perl keep what they download and build. */
export function cpanmHome(home: string, cwd: string, set: string | undefined): string {
  return joinPath(cwd, set === undefined || set === '' ? joinPath(home, '.cpanm') : set)
}
