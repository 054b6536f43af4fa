import { joinPath } from '../../model/paths.ts'
import { isReason } from '../shared/outcome.ts'
import { lookInto } from '../shared/look.ts'
import { runsCode } from '../shared/runs-code.ts'
import { stripComments } from '../shared/strip-comments.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, ImageFiles } from '../../model/types.ts'

/** What a conanfile says, as far as an install's files matter. */
export interface Conanfile {
  /** Image path. */
  readonly path: string
  /** Outputs go to `build` below the output folder. */
  readonly cmakeLayout: boolean
  /** Conan then writes CMakeUserPresets.json beside a CMakeLists.txt. */
  readonly toolchain: boolean
  readonly usesEnvironment: boolean
}

/** Methods that `conan install` does not call. */
const UNUSED = /^(?:build|package|source|export|export_sources|package_info|package_id|test|deploy|finalize)$/

const ACCESS =
  /\b(?:open|load|exists|isfile|isdir|listdir|scandir|walk|glob|subprocess|Popen|check_output|system|popen|recipe_folder|export_sources_folder|recipe_path|__file__|importlib|__import__|exec|eval|compile|pathlib|Path|Git|Version\s*\(\s*self\.load|python_requires\w*|imports|getcwd|chdir)\b|\bself\.run\b/

/** Reads the conanfile that an install is called for: a file, or the one in a directory; `undefined` when there is none. */
export function readConanfile(
  command: Command,
  files: ImageFiles,
  spelled: string,
): Conanfile | Reason | undefined {
  const base = joinPath(command.cwd, spelled)
  const paths = /\.(?:py|txt)$/.test(spelled)
    ? [base]
    : ['conanfile.py', 'conanfile.txt'].map((name) => joinPath(base, name))
  for (const path of paths) {
    const text = lookInto(files, path)
    if (isReason(text)) return text
    if (text === undefined) continue
    if (!path.endsWith('.py')) {
      const layout = /^\[layout\]\s*^\s*(\w+)/m.exec(text)?.[1]
      return {
        path,
        cmakeLayout: layout === 'cmake_layout',
        toolchain: text.includes('CMakeToolchain'),
        usesEnvironment: false,
      }
    }
    const syntax = {
      line: ['#'],
      block: [
        ['"""', '"""'],
        ["'''", "'''"],
      ],
      quotes: ['"', "'"],
    } as const
    const bare = dropMethods(stripComments(text, syntax, true))
    const foreign = /^\s*(?:import|from)\s+(?!(?:conans?|os|re|sys|json|textwrap|platform)\b)(\S+)/m.exec(
      bare,
    )
    const access = ACCESS.exec(bare)?.[0] ?? (foreign === null ? undefined : `import ${foreign[1] ?? ''}`)
    if (access !== undefined) return runsCode(files, path, access)
    return {
      path,
      cmakeLayout: /\bcmake_layout\s*\(/.test(bare),
      toolchain: text.includes('CMakeToolchain'),
      usesEnvironment: /\b(?:environ|getenv|get_env)\b/.test(bare),
    }
  }
  return undefined
}

function dropMethods(code: string): string {
  let indent = -1
  return code
    .split(/\r?\n/)
    .filter((line) => {
      const here = /^\s*/.exec(line)?.[0].length ?? 0
      if (line.trim() === '') return true
      if (indent >= 0 && here > indent) return false
      const method = /^\s*def\s+(\w+)/.exec(line)?.[1]
      indent = method !== undefined && UNUSED.test(method) ? here : -1
      return indent < 0
    })
    .join('\n')
}
