import { joinPath } from '../../model/paths.ts'
import { isReason, type Outcome } from './outcome.ts'
import { checkNodeScript } from './node-script.ts'
import { checkPrisma } from './prisma.ts'
import { isSelfContained } from './self-contained.ts'
import { lookAt, lookInto } from './look.ts'
import { cacheHome, type Scene } from './scene.ts'
import type { PackageInfo } from './read-package.ts'
import type { ScriptWords } from './split-script.ts'

/** What a program of a lifecycle script does; `undefined` when it cannot be known. */
type Rule = (args: readonly string[], scene: Scene, info: PackageInfo) => Outcome | undefined

/** Programs that read nothing of the project but its manifest, and write at most below node_modules or .git. */
const HARMLESS = new Set(
  [
    'true : set exit echo printf is-ci is-ci-cli in-ci only-allow in-publish not-in-publish in-install not-in-install',
    'opencollective opencollective-postinstall check-node-version check-engines ngcc ivy-ngcc electron-rebuild',
    'node-gyp-build prebuild-install',
  ]
    .join(' ')
    .split(' '),
)

/** Programs of packages, which `yarn x` and `pnpm x` run when there is no script of that name. */
const PACKAGE_PROGRAMS = new Set(
  'husky is-ci only-allow patch-package simple-git-hooks lefthook prisma playwright cypress'.split(' '),
)

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['test', checkTest],
  ['[', checkTest],
  ['husky', (args) => (args.length === 0 || args[0] === 'install' ? [] : undefined)],
  ['patch-package', checkPatchPackage],
  ['simple-git-hooks', checkGitHooksConfig],
  ['lefthook', checkGitOnly],
  ['git', checkGitOnly],
  ['prisma', checkPrismaCommand],
  ['node', checkNode],
  ['playwright', (args, { command }) => installsBrowsers(args, `${cacheHome(command)}/ms-playwright`)],
  ['cypress', (args, { command }) => installsBrowsers(args, `${cacheHome(command)}/Cypress`)],
  ['corepack', (args) => (args[0] === 'enable' ? [{ system: true }] : undefined)],
  [
    'force-resolutions',
    (_, __, { dir }) => [{ path: joinPath(dir, 'package-lock.json'), allow: 'lockfile' }],
  ],
  [
    'npm-force-resolutions',
    (_, __, { dir }) => [{ path: joinPath(dir, 'package-lock.json'), allow: 'lockfile' }],
  ],
])

/** What one simple command of a lifecycle script does; `undefined` when it cannot be known. */
export function classifyCommand(words: ScriptWords, scene: Scene, info: PackageInfo): Outcome | undefined {
  const [program, ...args] = stripRunners(words)
  if (program === undefined) return []
  const name = program.replace(/^(\.\/)?node_modules\/\.bin\//, '').replace(/(?!^)@.*$/, '')
  if (HARMLESS.has(name)) return []
  const rule = RULES.get(name)
  // A variable may hold any path; tests of variables are harmless.
  if (rule === undefined || (rule !== checkTest && args.some((arg) => arg.includes('$')))) return undefined
  return rule(args, scene, info)
}

/** Removes what starts another program: assignments, `cross-env`, `npx`, `pnpm exec`. */
export function stripRunners(words: ScriptWords): ScriptWords {
  let rest = words
  for (;;) {
    const [first = '', second = ''] = rest
    if (/^[A-Za-z_]\w*=/.test(first) && !/^(NODE_OPTIONS|PATH|INIT_CWD)=/.test(first)) rest = rest.slice(1)
    else if (/^(cross-env|cross-env-shell|npx|pnpx|bunx)$/.test(first)) rest = dropFlags(rest.slice(1))
    else if (/^(npm|pnpm|yarn|bun)$/.test(first) && /^(exec|dlx|x)$/.test(second))
      rest = dropFlags(rest.slice(2))
    else if (/^(pnpm|yarn|bun)$/.test(first) && PACKAGE_PROGRAMS.has(second)) rest = rest.slice(1)
    else return rest
  }
}

function dropFlags(words: ScriptWords): ScriptWords {
  const start = words.findIndex((word) => !/^(-y|--yes|--no|--no-install|-q|--quiet|--silent|--)$/.test(word))
  return start < 0 ? [] : words.slice(start)
}

/** `[ -f file ]`: the answer for a directory would depend on its sources. */
function checkTest(args: readonly string[], { files }: Scene, { dir }: PackageInfo): Outcome | undefined {
  for (const [index, arg] of args.entries()) {
    if (!/^-[a-zA-Z]$/.test(arg) || /^-[nz]$/.test(arg)) continue
    const operand = args[index + 1]
    if (operand === undefined || /[$*?]/.test(operand)) return undefined
    const kind = lookAt(files, joinPath(dir, operand))
    if (isReason(kind)) return kind
    if (kind === 'dir') return undefined
  }
  return []
}

function checkPatchPackage(
  args: readonly string[],
  { files }: Scene,
  { dir }: PackageInfo,
): Outcome | undefined {
  let patches = 'patches'
  for (let index = 0; index < args.length; index++) {
    const [flag = '', value] = (args[index] ?? '').split('=')
    if (flag === '--patch-dir') patches = value ?? args[++index] ?? patches
    else if (
      !/^--(error-on-fail|error-on-warn|use-yarn|reverse|partial|case-sensitive-path-filtering)$/.test(flag)
    ) {
      return undefined
    }
  }
  const path = joinPath(dir, patches)
  const kind = lookAt(files, path)
  if (isReason(kind)) return kind
  if (kind === 'dir') files.readTree(path)
  return []
}

function checkGitHooksConfig(
  _: readonly string[],
  { files }: Scene,
  { dir }: PackageInfo,
): Outcome | undefined {
  for (const base of ['.simple-git-hooks', 'simple-git-hooks']) {
    for (const extension of ['cjs', 'js', 'mjs', 'json']) {
      const text = lookInto(files, joinPath(dir, `${base}.${extension}`))
      if (isReason(text)) return text
      if (text !== undefined && extension !== 'json' && !isSelfContained(text)) return undefined
    }
  }
  return []
}

/** Without a repository these fail in the same way wherever they stand. */
function checkGitOnly(
  args: readonly string[],
  { files, root }: Scene,
  { dir }: PackageInfo,
): Outcome | undefined {
  if (args[0] !== 'config' && args[0] !== 'install') return undefined
  if (args.includes('--global') || args.includes('--system')) return undefined
  const hasGit = [dir, root].some((at) => files.peekKind(joinPath(at, '.git')) !== 'absent')
  return hasGit ? undefined : []
}

function checkPrismaCommand(args: readonly string[], scene: Scene, info: PackageInfo): Outcome | undefined {
  if (args[0] !== 'generate') return undefined
  let schema: string | undefined
  for (let index = 1; index < args.length; index++) {
    const [flag = '', value] = (args[index] ?? '').split('=')
    if (flag === '--schema') schema = value ?? args[++index]
    else if (!/^--(no-engine|no-hints|allow-no-models|data-proxy|accelerate)$/.test(flag)) return undefined
  }
  return checkPrisma(scene, info, schema)
}

function checkNode(args: readonly string[], scene: Scene, info: PackageInfo): Outcome | undefined {
  const [file = '', ...rest] = args
  const isFile = /^(\.\/)?\w[\w.-]*(\/[\w.-]+)*$/.test(file) && rest.length === 0
  return isFile ? checkNodeScript(file, scene, info) : checkInlineCode(args)
}

/** `node -e '...'` that touches no file. */
function checkInlineCode(args: readonly string[]): Outcome | undefined {
  const [flag, code, ...rest] = args
  if (code === undefined || rest.length > 0 || !/^(-e|-p|-pe|--eval|--print)$/.test(flag ?? ''))
    return undefined
  const touches =
    /require|import|fs|global|eval|Function|constructor|process\.(?!env|exit|version|platform|arch|stdout|stderr)/
  return touches.test(code) ? undefined : []
}

function installsBrowsers(args: readonly string[], tree: string): Outcome | undefined {
  if (args[0] !== 'install' || args.includes('--with-deps')) return undefined
  return [{ tree, mode: 'merge' }]
}
