import { classifyCommand, stripRunners } from './classify-command.ts'
import { collectOutcomes, isReason, type Outcome } from './outcome.ts'
import { readShellFile } from './shell-file.ts'
import { splitScript, type ScriptWords } from './split-script.ts'
import { toTexts } from './json-object.ts'
import type { PackageInfo } from './read-package.ts'
import type { Scene } from './scene.ts'

/** Checks the scripts of a package that an install runs, in the order of `events`. */
export function checkScripts(scene: Scene, info: PackageInfo, events: readonly string[]): Outcome {
  return collectOutcomes(events, (event) => checkScript(scene, info, event, new Set()))
}

function checkScript(scene: Scene, info: PackageInfo, event: string, running: ReadonlySet<string>): Outcome {
  const text = toTexts(info.json['scripts']).get(event)?.trim() ?? ''
  if (text === '') return []
  const refusal = { code: 'lifecycle-script', file: info.file, script: event, command: text } as const
  const commands = splitScript(text)
  if (commands === undefined || running.has(event)) return refusal
  const inside = new Set([...running, event])
  const checkCommand = (words: ScriptWords): Outcome => {
    const scripts = matchScriptRun(words, info)
    if (scripts === undefined) return classifyCommand(words, scene, info) ?? refusal
    return collectOutcomes(
      scripts.flatMap((script) => [`pre${script}`, script, `post${script}`]),
      (script) => checkScript(scene, info, script, inside),
    )
  }
  return collectOutcomes(commands, (words) => {
    const nested = readShellFile(words, scene, info)
    if (nested === undefined) return checkCommand(words)
    return isReason(nested) ? nested : collectOutcomes(nested, checkCommand)
  })
}

/** The scripts of the same package that a command runs: `npm run a`, `yarn a`, `run-s a b`. */
function matchScriptRun(words: ScriptWords, info: PackageInfo): readonly string[] | undefined {
  const [program = '', ...args] = stripRunners(words).filter((word) => !/^(-s|--silent)$/.test(word))
  const names = toTexts(info.json['scripts'])
  const known = (scripts: readonly string[]): readonly string[] | undefined =>
    scripts.length > 0 && scripts.every((script) => names.has(script)) ? scripts : undefined
  if (/^(run-s|run-p|npm-run-all|npm-run-all2)$/.test(program)) {
    return known(args.filter((arg) => !/^(-s|-p|--serial|--parallel|--sequential|-l|-n)$/.test(arg)))
  }
  if (!/^(npm|yarn|pnpm|bun)$/.test(program)) return undefined
  if (args[0] === 'run' || args[0] === 'run-script')
    return args.length === 2 ? known(args.slice(1)) : undefined
  // `npm x` never runs a script of that name; the others do.
  return program !== 'npm' && args.length === 1 ? known(args) : undefined
}
