import { findVerb, isForAutoloader, parseComposerOptions } from './options.ts'
import { firstReason } from '../shared/first-reason.ts'
import { hasFlag, type ParsedOptions } from '../shared/parse-known-options.ts'
import { isReason } from '../shared/outcome.ts'
import { matchComposer } from './match-composer.ts'
import { readProject, type Project } from './read-project.ts'
import { toObject } from '../shared/json-object.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, FetchStep, ImageFiles } from '../../model/types.ts'

/**
 * Events of single packages, which an install that finds all packages in place does not fire, and the event before the
 * install, which may make what the install needs. https://getcomposer.org/doc/articles/scripts.md#event-names
 */
const EARLY_EVENT =
  /^(pre-install-cmd|(pre|post)-package-(install|update|uninstall)|pre-operations-exec|pre-pool-create|(pre|post)-dependencies-solving|(pre|post)-file-download|init)$/

/**
 * The same install without what needs the sources: its scripts and its autoloader. The install that stays below them finds
 * its packages in place, writes the autoloader and runs the scripts.
 */
export function findFetchStep(command: Command, files: ImageFiles): FetchStep | Reason | undefined {
  const call = matchComposer(command, files)
  if (call === undefined) return undefined
  const verb = findVerb(call.args)
  if (verb !== 'install' && verb !== 'i') return undefined
  const options = parseComposerOptions(call.args)
  if (options === undefined || options.operands.length !== 1)
    return { code: 'unknown-argument', text: command.text }
  if (isManifestInstall(options)) return undefined
  const project = readProject(command, files, options)
  if (isReason(project)) return project
  const early = hasFlag(options, '--no-scripts') ? undefined : checkEvents(project)
  if (early !== undefined) return early
  const text = withoutAutoloader(command.text)
  if (text === undefined) return { code: 'unknown-argument', text: command.text }
  return { command: text, cwd: command.cwd }
}

/** Whether an install reads manifests only. */
export function isManifestInstall(options: ParsedOptions): boolean {
  return hasFlag(options, '--no-scripts') && hasFlag(options, '--no-autoloader')
}

/** Without a lockfile the install fires the events of an update, and behind a fetch step those of an install. */
function checkEvents({ root: { file, json }, locked }: Project): Reason | undefined {
  const scripts = toObject(json['scripts'])
  return firstReason(Object.keys(scripts), (script) => {
    const commands = commandsOf(scripts[script])
    const late = /^post-(install|update)-cmd$/.test(script)
    const same = isEqual(commandsOf(scripts['post-install-cmd']), commandsOf(scripts['post-update-cmd']))
    const changes = !locked && (script === 'pre-update-cmd' || (late && !same))
    if ((!EARLY_EVENT.test(script) && !changes) || commands.length === 0) return undefined
    return { code: 'lifecycle-script', file, script, command: commands.join(' && ') }
  })
}

function commandsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter(
    (text): text is string => typeof text === 'string' && text.trim() !== '',
  )
}

function isEqual(first: readonly string[], second: readonly string[]): boolean {
  return first.length === second.length && first.every((text, index) => text === second[index])
}

/** The command as it is spelled, with other flags; `undefined` when it is more than words. */
function withoutAutoloader(text: string): string | undefined {
  const line = text.replace(/\\\r?\n/g, ' ').trim()
  if (/[<>|&;()`#\n]/.test(line)) return undefined
  const words = line.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? []
  // A value of its own would be left behind.
  if (words.some((word) => /^--(apcu-autoloader-prefix|audit-format)$/.test(word))) return undefined
  const kept = words.flatMap((word) => {
    if (isForAutoloader(word)) return []
    // `-no` is `-n -o`.
    return [/^-[anoqv]{2,}$/.test(word) ? word.replace(/[oa]/g, '') : word]
  })
  return [...kept, '--no-scripts', '--no-autoloader'].join(' ')
}
