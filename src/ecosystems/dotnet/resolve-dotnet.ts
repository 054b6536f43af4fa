import { toPath, upwards } from '../../effects/targets.ts'
import { joinPath } from '../../model/paths.ts'
import {
  commandProperties,
  hasDotnetOption,
  optionValue,
  parseDotnetOptions,
  type DotnetOptions,
} from './options.ts'
import { findTarget } from './find-target.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { lookAt } from '../shared/look.ts'
import { matchDotnet, type DotnetCall } from './match-dotnet.ts'
import { packageCaches, restoreWrites } from './places.ts'
import { readClosure, type Closure } from './read-closure.ts'
import { readNugetConfig } from './read-nuget-config.ts'
import { words } from '../../effects/words.ts'
import type { Reason } from '../../findings/reasons.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

const BUILDS = new Set(words('build publish test pack run watch msbuild vstest'))
const ENV = ['DOTNET_*', 'NUGET_*']

/** https://learn.microsoft.com/dotnet/core/tools/ */
export function resolveDotnet(command: Command, files: ImageFiles): Effect | undefined {
  const call = matchDotnet(command, files)
  if (call === undefined) return undefined
  if (call.verb === 'restore') return resolveRestore(call, command, files)
  if (BUILDS.has(call.verb)) return { known: false, role: 'build' }
  if (/^(--version|--info|--list-sdks|--list-runtimes|-h|--help)$/.test(call.verb)) {
    for (const dir of upwards(command.cwd)) files.kind(joinPath(dir, 'global.json'))
    return { known: true, role: 'none', writes: [], env: ENV }
  }
  if (call.verb === 'tool') return resolveTool(call, command, files)
  if (call.verb === 'workload' && call.words?.[0]?.value === 'install') return resolveWorkload(command, files)
  if (call.verb === 'add' || call.verb === 'remove' || call.verb === 'sln') {
    return refuseInstall({ code: 'edits-manifest', command: command.text, file: files.origin(command.cwd) })
  }
  return { known: false }
}

/** What a restore of this command would read; a reason when that cannot be known. */
export function readRestore(
  options: DotnetOptions,
  operand: string | undefined,
  command: Command,
  files: ImageFiles,
): { readonly target: string; readonly closure: Closure } | Reason {
  const properties = commandProperties(options)
  const unusual = [
    'baseintermediateoutputpath',
    'msbuildprojectextensionspath',
    'artifactspath',
    'publishprofile',
    'restorepackagespath',
    'restoreconfigfile',
  ]
  const hidden = [...command.env].find(
    ([name, value]) => value === undefined && /^(NUGET_PACKAGES|RestoreSources)$/i.test(name),
  )
  if (
    unusual.some((name) => properties.has(name)) ||
    hidden !== undefined ||
    hasDotnetOption(options, '--artifacts-path', '--packages', '--lock-file-path')
  ) {
    return { code: 'unknown-argument', text: command.text }
  }
  const target = findTarget(command, files, operand ?? '.')
  if (isReason(target)) return target
  if (files.peekKind(target) === 'absent')
    return { code: 'missing-file', file: files.origin(target), command: command.text }
  const sources = readSources(options, command, files)
  if (sources !== undefined) return sources
  const closure = readClosure(command, files, target, properties)
  return isReason(closure) ? closure : { target, closure }
}

/** Sources and settings that the command itself names. */
function readSources(options: DotnetOptions, command: Command, files: ImageFiles): Reason | undefined {
  for (const { name, value } of options.options) {
    if (name !== '-s' && name !== '--source' && name !== '--configfile') continue
    if (value?.value === undefined) {
      if (/^["']?https?:/.test(value?.raw ?? '')) continue
      return { code: 'unknown-argument', text: command.text }
    }
    if (/^https?:/i.test(value.value)) continue
    const path = toPath(command, value.value)
    if (path === undefined) return { code: 'unknown-argument', text: command.text }
    if (name === '--configfile') {
      const reason = readNugetConfig(files, path)
      if (reason !== undefined) return reason
      continue
    }
    const kind = lookAt(files, path)
    if (isReason(kind)) return kind
    files.readTree(path)
  }
  return undefined
}

function resolveRestore({ words: list }: DotnetCall, command: Command, files: ImageFiles): Effect {
  const options = list === undefined ? undefined : parseDotnetOptions(list, 'restore')
  if (options === undefined || options.operands.length > 1)
    return refuseInstall({ code: 'unknown-argument', text: command.text })
  const restore = readRestore(options, options.operands[0]?.value, command, files)
  if (isReason(restore)) return refuseInstall(restore)
  const properties = commandProperties(options)
  const frozen = hasDotnetOption(options, '--locked-mode') || properties.get('restorelockedmode') === 'true'
  const writes = restoreWrites(command, restore.closure, frozen, files.peekKind)
  if (writes === undefined) return refuseInstall({ code: 'unknown-argument', text: 'NUGET_PACKAGES' })
  // MSBuild makes a property of every variable, VERSION too.
  return { known: true, role: 'install', writes, env: 'all' }
}

/** Tools of the user, or those of the project's list. */
function resolveTool({ words: list }: DotnetCall, command: Command, files: ImageFiles): Effect {
  const [verb, ...rest] = list ?? []
  const options = parseDotnetOptions(rest, 'tool')
  const caches = packageCaches(command)
  if (options === undefined || caches === undefined) return { known: false }
  if (verb?.value === 'restore') {
    for (const dir of upwards(command.cwd)) {
      for (const name of ['.config/dotnet-tools.json', 'dotnet-tools.json']) {
        const kind = lookAt(files, joinPath(dir, name))
        if (isReason(kind)) return refuseInstall(kind)
      }
      lookAtSettings(files, dir)
    }
    return { known: true, role: 'install', writes: caches, env: ENV }
  }
  const given = optionValue(options, '--tool-path')
  const global = hasDotnetOption(options, '-g', '--global') || given !== undefined
  const path = given === undefined ? undefined : toPath(command, given.value)
  if (verb?.value !== 'install' || !global || (given !== undefined && path === undefined))
    return { known: false }
  if (hasDotnetOption(options, '--configfile', '--add-source', '--source', '-s')) return { known: false }
  for (const dir of upwards(command.cwd)) lookAtSettings(files, dir)
  const places = [joinPath(command.home, '.dotnet'), ...(path === undefined ? [] : [path])]
  return {
    known: true,
    role: 'tool',
    writes: [...places.map((tree): WriteEffect => ({ tree, mode: 'merge' })), ...caches],
    env: 'all-but-stamps',
  }
}

function resolveWorkload(command: Command, files: ImageFiles): Effect {
  const caches = packageCaches(command)
  if (caches === undefined) return { known: false }
  for (const dir of upwards(command.cwd)) lookAtSettings(files, dir)
  return { known: true, role: 'tool', writes: [{ system: true }, ...caches], env: 'all-but-stamps' }
}

function lookAtSettings(files: ImageFiles, dir: string): void {
  for (const name of ['global.json', 'nuget.config', 'NuGet.config', 'NuGet.Config'])
    files.kind(joinPath(dir, name))
}
