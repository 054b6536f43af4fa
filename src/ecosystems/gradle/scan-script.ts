import { words } from '../../effects/words.ts'
import { closingBrace, literalsIn, MARK, splitCode } from '../shared/split-code.ts'

/** What a build script refers to, as far as its text shows. */
export interface ScriptScan {
  /** A construct that may read other files or run commands when the script is executed; absent when there is none. */
  readonly hazard: string | undefined
  /** Directories of builds that it includes, relative to its own. */
  readonly builds: readonly string[]
  /** Files and directories of libraries, relative to its own. */
  readonly libraries: readonly string[]
  /** Scripts that it applies, relative to its own directory. */
  readonly scripts: readonly string[]
  /** Names of projects that settings include. */
  readonly projects: readonly string[]
  /** Whether it asks for variables of the environment. */
  readonly readsEnvironment: boolean
}

/** Names of calls and classes that read files or run programs. */
const CALLS = new Set(
  words(`
  exec javaexec execute ProcessBuilder getRuntime GroovyShell evaluate includeFlat loadProperties readText readLines
  readBytes forEachLine eachLine useLines bufferedReader inputStream newInputStream withReader withInputStream newReader
  FileInputStream FileReader Scanner JsonSlurper ConfigSlurper XmlSlurper XmlParser listFiles eachFile eachFileRecurse
  eachDir walkTopDown defaultTasks exists isFile isDirectory fileContents asText asBytes Files Paths
`),
)

/** Plugins that look at git's history or at the sources when they are applied. */
const PLUGINS =
  /^(?:com\.palantir\.git-version|org\.ajoberstar\.(?:grgit|reckon)[\w.-]*|pl\.allegro\.tech\.build\.axion-release|(?:com\.netflix\.)?nebula\.release|com\.github\.jmongard\.git-semver-plugin|me\.qoomon\.git-versioning|fr\.brouillard\.oss\.gradle\.jgitver|com\.android\.[\w.-]+|android(?:-library)?)$/

/** Scans a Groovy or Kotlin script. What runs only with a task (`doLast`) is left out. */
export function scanScript(text: string): ScriptScan {
  const { code, strings } = splitCode(text)
  const plain = dropTaskActions(code)
  /** The strings behind a word, and how often it stands there without one. */
  const after = (
    word: string,
    between = '',
  ): { readonly found: readonly string[]; readonly missed: number } => {
    const pattern = new RegExp(String.raw`\b${word}\b\s*\(?\s*${between}((?:${MARK}[\s,]*)*)`, 'g')
    const matches = [...plain.matchAll(pattern)].map((match) => literalsIn(match.at(-1) ?? '', strings))
    return { found: matches.flat(), missed: matches.filter(({ length }) => length === 0).length }
  }
  const builds = after('includeBuild')
  const scripts = after(
    String.raw`apply\b\s*\(?\s*from`,
    String.raw`[:=]?\s*(?:(?:rootProject\.|project\.)?file\s*\(\s*)?`,
  )
  const libraries = after(
    '(?:files|fileTree|dirs)',
    String.raw`(?:dir\s*[:=]\s*|mapOf\s*\(\s*${MARK}\s*to\s*)?`,
  )
  const own = scripts.found.filter((script) => !/^https?:/.test(script)).map(toOwnPath)
  const computed =
    builds.missed > 0
      ? 'includeBuild'
      : scripts.missed > 0 || own.includes(undefined)
        ? 'apply from'
        : undefined
  return {
    hazard: findCall(plain) ?? strings.find(needsHistory) ?? computed,
    builds: builds.found,
    projects: after('include').found,
    libraries: libraries.found
      .map(toOwnPath)
      .filter((path) => path !== undefined && isLibrary(path)) as readonly string[],
    scripts: own.filter((path) => path !== undefined),
    readsEnvironment: /\bgetenv\b|\benvironmentVariable\b/.test(plain),
  }
}

function findCall(code: string): string | undefined {
  // A library that a closure is given (`it.isDirectory()`) is none of the project's files.
  const names = [...code.matchAll(/(?<!\bit\.)\b[A-Za-z_]\w*/g)].map(([name]) => name)
  return names.find((name) => CALLS.has(name)) ?? /\.load\s*(?=\()|\.text\b/.exec(code)?.[0].trim()
}

function needsHistory(string: string): boolean {
  return PLUGINS.test(string) || string === 'git' || string.startsWith('git ')
}

/** Archives, and the folder that people keep them in; other files are inputs of tasks. */
function isLibrary(path: string): boolean {
  return /\.(?:jar|aar)$|(?:^|\/)libs?$/.test(path)
}

/** `$rootDir/x` and `${projectDir}/x` are read as below the script; `undefined` for what is computed otherwise. */
function toOwnPath(text: string): string | undefined {
  const path = text.replace(/^\$\{?(?:project\.|rootProject\.)?(?:rootDir|projectDir)\}?\//, '/')
  return path.includes('$') ? undefined : path
}

function dropTaskActions(code: string): string {
  let result = ''
  let rest = code
  for (;;) {
    const match = /\b(?:doLast|doFirst)\s*\{/.exec(rest)
    if (match === null) return result + rest
    const start = match.index + match[0].length
    result += rest.slice(0, match.index)
    rest = rest.slice(closingBrace(rest, start))
  }
}
