import { joinPath } from '../../model/paths.ts'
import { isInstalled } from '../shared/is-installed.ts'
import { isReason, refuseInstall, knownEffect } from '../shared/outcome.ts'
import { lookUpwards } from '../shared/look-upwards.ts'
import { matchJulia, type JuliaCall } from './match-julia.ts'
import { parseCalls, textsOf, type Call, type Statement } from '../shared/parse-calls.ts'
import { readProject } from './read-project.ts'
import { tells } from '../shared/tells.ts'
import type { Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

const INSTALLS = /^Pkg\.(?:instantiate|precompile|Registry\.(?:add|update)|status|gc)$/
const ADDS = /^Pkg\.(?:add|pin|rm|update|resolve|free)$/

/** What Julia code on the command line does, where it only calls the package manager. */
export function resolveJulia(command: Command, files: ImageFiles): Effect | undefined {
  if (!isInstalled(command, files, ['julia'])) return undefined
  const call = matchJulia(command)
  if (call === 'version') return tells([])
  const installs = /\bPkg\.instantiate\s*\(/.test(command.text)
  const statements = call === undefined ? undefined : parseCalls(call.code)
  if (call === undefined || statements === undefined) return refuseOr(installs, command)
  const calls = statements.filter((statement): statement is Call => 'name' in statement)
  if (!statements.every(isKnown)) return refuseOr(installs, command)
  const project = projectOf(command, files, call, calls)
  if (isReason(project)) return refuseInstall(project)
  if (call.startup) files.kind(joinPath(command.home, '.julia/config/startup.jl'))
  const depot = depotOf(command)
  if (depot === undefined) return refuseInstall({ code: 'unknown-argument', text: 'JULIA_DEPOT_PATH' })
  const own: WriteEffect = { tree: depot, mode: 'merge' }
  const adds = calls.some(({ name }) => ADDS.test(name))
  if (project === undefined) return knownEffect(calls.length === 0 ? 'none' : 'tool', [own])
  if (adds) {
    return refuseInstall({
      code: 'edits-manifest',
      command: command.text,
      file: files.origin(joinPath(project, 'Project.toml')),
    })
  }
  if (!installs && !calls.some(({ name }) => name === 'Pkg.precompile')) return knownEffect('none', [own])
  const found = readProject(command, files, project)
  if (isReason(found)) return refuseInstall(found)
  return knownEffect('install', [
    own,
    ...(found.locked ? [] : [{ path: joinPath(project, 'Manifest.toml') }]),
  ])
}

function refuseOr(installs: boolean, { text }: Command): Effect {
  return installs ? refuseInstall({ code: 'unknown-argument', text }) : { known: false }
}

function isKnown(statement: Statement): boolean {
  if ('using' in statement) return statement.using.every((name) => name === 'Pkg')
  const { name, args } = statement
  if (name === 'Pkg.activate' || INSTALLS.test(name)) return args.every(({ value }) => value.kind !== 'call')
  if (!ADDS.test(name)) return name === 'println'
  return (
    textsOf(args, ['name', 'url', 'path']).every((text) => /^(?!\.|\/|~)[\w.@:/+-]+$/.test(text)) &&
    !args.some((arg) => arg.name === 'path')
  )
}

/** The directory of the environment; `undefined` for the one in the user's home. */
function projectOf(command: Command, files: ImageFiles, call: JuliaCall, calls: readonly Call[]) {
  const activated = calls.findLast(({ name }) => name === 'Pkg.activate')
  const spelled = activated === undefined ? call.project : (textsOf(activated.args, [])[0] ?? undefined)
  if (spelled === undefined) return undefined
  // `@v1.10` names an environment of the user; `@.` is the nearest above.
  if (spelled.startsWith('@') && spelled !== '@.') return undefined
  if (spelled !== '' && spelled !== '@.')
    return joinPath(command.cwd, spelled.replace(/\/(?:Julia)?Project\.toml$/, '/'))
  return lookUpwards(files, command.cwd, ['JuliaProject.toml', 'Project.toml']) ?? command.cwd
}

/** Packages go to the first depot, which programs load them from. */
function depotOf({ env, home, cwd }: Command): string | undefined {
  if (!env.has('JULIA_DEPOT_PATH')) return joinPath(home, '.julia')
  const set = env.get('JULIA_DEPOT_PATH')
  if (set === undefined) return undefined
  const [first = ''] = set.split(':')
  return first === '' ? joinPath(home, '.julia') : joinPath(cwd, first.replace(/^~(?=\/|$)/, home))
}
