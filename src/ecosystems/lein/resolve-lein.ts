import { toPath } from '../../effects/targets.ts'
import { joinPath } from '../../model/paths.ts'
import { isReason, refuseInstall } from '../shared/outcome.ts'
import { checkScript, matchWrapper } from '../shared/match-wrapper.ts'
import { leinHome, readProject } from './read-project.ts'
import type { Argument, Command, Effect, ImageFiles, WriteEffect } from '../../model/types.ts'

/** Tasks that need no dependencies of the project, or none at all. */
export const LIGHT = /^(clean|version|help|new|self-install|upgrade)$/

/** What a Leiningen command does. */
export function resolveLein(command: Command, files: ImageFiles): Effect | undefined {
  const call = matchWrapper(command, 'lein', 'lein')
  if (call === undefined) return undefined
  const task = taskOf(call.args)
  if (task !== 'deps' && task !== 'classpath')
    return { known: false, ...(LIGHT.test(task ?? '-') ? {} : { role: 'build' as const }) }
  const reason = checkScript(call, command, files, false)
  if (reason !== undefined) return refuseInstall(reason)
  const project = readProject(command, files)
  if (isReason(project)) return refuseInstall(project)
  const repository = toPath(
    { ...command, cwd: project.dir },
    project.localRepository ?? joinPath(command.home, '.m2/repository'),
  )
  const target = toPath({ ...command, cwd: project.dir }, project.targetPath.replace(/\/?%s.*/, ''))
  if (repository === undefined || target === undefined || command.args.includes(undefined)) {
    return refuseInstall({ code: 'unknown-argument', text: command.text })
  }
  const cached = (tree: string): WriteEffect => ({ tree, mode: 'merge', allow: 'cache' })
  return {
    known: true,
    role: 'fetch',
    writes: [cached(repository), cached(leinHome(command)), { ...cached(target), ignore: '**/target' }],
    env: project.readsEnvironment ? 'all' : 'all-but-stamps',
    wantsAll: true,
  }
}

/** `deps` of `lein -U with-profile +prod deps :tree`; absent when it cannot be known. */
export function taskOf(args: readonly Argument[]): string | undefined {
  const rest = args.slice(args.findIndex((arg) => arg === undefined || !arg.startsWith('-')))
  const [task] = rest
  if (task === 'with-profile' || task === 'with-profiles')
    return rest[1] === undefined ? undefined : taskOf(rest.slice(2))
  // `do` runs several tasks, `update-in` changes the project.
  return task === 'do' ? rest.slice(1).find((word) => word !== 'clean,' && word !== 'clean') : task
}
