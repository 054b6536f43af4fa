import { toPath } from '../../effects/targets.ts'
import { joinPath } from '../../model/paths.ts'
import { textAt, parseXml } from '../shared/parse-xml.ts'
import type { MavenOptions } from './maven-options.ts'
import type { WrapperCall } from '../shared/match-wrapper.ts'
import type { Command, ImageFiles, WriteEffect } from '../../model/types.ts'

/** The local repository; `undefined` when it cannot be known. */
export function repositoryOf(options: MavenOptions, command: Command, files: ImageFiles): string | undefined {
  const given =
    options.properties.get('maven.repo.local') ?? ofJvm(command) ?? ofSettings(options, command, files)
  if (given !== undefined) return toPath(command, given)
  return /maven\.repo\.local=["']?\$/.test(command.text)
    ? undefined
    : joinPath(command.home, '.m2/repository')
}

function ofJvm({ env }: Command): string | undefined {
  const text = `${env.get('MAVEN_OPTS') ?? ''} ${env.get('MAVEN_ARGS') ?? ''}`
  return /-Dmaven\.repo\.local=(\S+)/.exec(text)?.[1]
}

function ofSettings(options: MavenOptions, command: Command, files: ImageFiles): string | undefined {
  const path = toPath(command, options.values.get('-s') ?? joinPath(command.home, '.m2/settings.xml'))
  const xml = parseXml(path === undefined ? '' : (files.peek(path) ?? ''))
  const place = typeof xml === 'string' ? undefined : textAt(xml, 'localRepository')
  return place?.replaceAll('${user.home}', command.home)
}

/** What Maven downloads; a rewrite may add to it. */
export function cacheWrites(repository: string, call: WrapperCall, command: Command): readonly WriteEffect[] {
  const { env, home } = command
  const wrapper = joinPath(env.get('MAVEN_USER_HOME') || joinPath(home, '.m2'), 'wrapper')
  const trees = [repository, ...(call.script === undefined ? [] : [wrapper])]
  return trees.map((tree) => ({ tree, mode: 'merge', allow: 'cache' }))
}
