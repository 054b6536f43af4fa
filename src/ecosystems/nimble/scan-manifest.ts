import { stripComments } from '../shared/strip-comments.ts'

/** What a .nimble file, which is a NimScript program, needs besides itself. */
export interface NimbleScan {
  /** What it uses to read files or to run commands while it is read; absent when it does neither. */
  readonly access: string | undefined
  readonly usesEnvironment: boolean
  /** Packages that are taken from the disk. */
  readonly local: string | undefined
}

const ACCESS =
  /\b(?:exec\w*|gorge\w*|staticExec|staticRead|slurp|read\w*|lines|open|fileExists|dirExists|exists\w+|listFiles|listDirs|walk\w*|findExe|getCurrentDir|thisDir|thisModuleFile|projectDir|projectPath|projectName|selfE\w+|cpFile|cpDir|mv\w+|rm\w+|mkDir|cd|withDir|include|patchFile)\b/

/** Modules of Nim itself; their procedures that reach files are known above. */
const MODULES =
  /^(?:std\/)?(?:os|strutils|strformat|sequtils|tables|parseutils|algorithm|options|sugar|distros|macros|json|pegs|re)$/

/** The bodies of tasks are not executed by an install; everything else is. */
export function scanManifest(text: string): NimbleScan {
  const syntax = { line: ['#'], block: [['#[', ']#']], quotes: ['"'] } as const
  const lines = (code: string): string => dropTasks(code.split(/\r?\n/)).join('\n')
  const bare = lines(stripComments(text, syntax, true))
  const code = lines(stripComments(text, syntax))
  const hook = /^\s*(?:before|after)\s+(?:install|develop)\b/m.exec(bare)?.[0]
  const imported = [...bare.matchAll(/^\s*(?:import|from)\s+(.*)$/gm)].flatMap((match) =>
    modulesOf(match[1] ?? ''),
  )
  const foreign = imported.find((name) => !MODULES.test(name))
  return {
    access:
      hook?.trim() ?? ACCESS.exec(bare)?.[0] ?? (foreign === undefined ? undefined : `import ${foreign}`),
    usesEnvironment: /\b(?:getEnv|existsEnv|envPairs)\b/.test(bare),
    local: /"((?:file:|\.{0,2}\/|~)[^"]*)"/.exec(requirements(code))?.[1],
  }
}

/** Removes `task name, "...":` with what is indented below it. */
function dropTasks(lines: readonly string[]): readonly string[] {
  let inTask = false
  return lines.filter((line) => {
    if (line.trim() === '') return true
    if (/^task\s/.test(line)) inTask = true
    else if (/^\S/.test(line)) inTask = false
    return !inTask
  })
}

/** `std/[os, strutils]`, `strformat import fmt`. */
function modulesOf(text: string): readonly string[] {
  const plain = text.replace(/\s+import\s.*$/, '').replace(/std\/\[([^\]]*)\]/g, '$1')
  return plain
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

/** The statements that begin with `requires`, with their continuation lines. */
function requirements(code: string): string {
  return [...code.matchAll(/^\s*(?:requires|taskRequires)\b.*(?:\n\s+".*)*/gm)]
    .map((match) => match[0])
    .join('\n')
}
