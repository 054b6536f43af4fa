import { isSystemPath, joinPath } from '../model/paths.ts'
import { hasOption, parseOptions } from './options.ts'
import { toTargets, toWrite } from './targets.ts'
import { APT_ENV } from './package-managers.ts'
import { hasOnlyNameVariables } from './variables.ts'
import { OPAQUE, toEffect } from './work.ts'
import type { Command, Effect, EnvEffect, ImageFiles, Resolve, WriteEffect } from '../model/types.ts'

/** Certificates, locales, alternatives, web server modules, keys: what sets up the operating system. */
export const systemConfig: Readonly<Record<string, Resolve>> = {
  'update-ca-certificates': configure(),
  'update-ca-trust': configure(),
  'locale-gen': configure(),
  localedef: configure(),
  'update-locale': configure(),
  'update-alternatives': configure(),
  alternatives: configure(),
  'dpkg-reconfigure': configure(APT_ENV),
  'debconf-set-selections': (command, files) => configureFrom(command, files, command.args),
  'update-rc.d': configure(),
  a2enmod: configure(),
  a2dismod: configure(),
  a2ensite: configure(),
  a2dissite: configure(),
  a2enconf: configure(),
  a2disconf: configure(),
  phpenmod: configure(),
  phpdismod: configure(),
  'add-apt-repository': configure(APT_ENV, ['.gnupg']),
  'apt-add-repository': configure(APT_ENV, ['.gnupg']),
  'apt-key': (command, files) =>
    command.args[0] === 'add'
      ? configureFrom(command, files, command.args.slice(1))
      : configure(APT_ENV, ['.gnupg'])(command, files),
  'fc-cache': configure([], ['.cache/fontconfig'], ['.fonts', '.local/share/fonts', '.fontconfig']),
  ldconfig: resolveLdconfig,
  setcap: resolveSetcap,
  strip: (command, files) => changeFiles(command, files, command.args),
}

/** A command of names and absolute paths; a path that it is given must exist. */
function configure(
  env: EnvEffect = [],
  writes: readonly string[] = [],
  reads: readonly string[] = [],
): Resolve {
  return (command, files) => {
    const paths = command.args.filter((argument) => argument === undefined || /[/]|^[.~]/.test(argument))
    const targets = toTargets(
      command,
      paths.filter((argument) => argument !== undefined && !/^(-|https?:|deb\b|ppa:)/.test(argument)),
    )
    const unknown = command.args.includes(undefined) && (command.name ?? '').endsWith('alternatives')
    if (targets === undefined || (unknown && !hasOnlyNameVariables(command))) return OPAQUE
    const at = (name: string): string => joinPath(command.home, name)
    const trees = writes.map((name): WriteEffect => ({ tree: at(name), mode: 'merge' }))
    return toEffect(files, {
      role: 'system',
      looks: targets.map((target) => target.path),
      reads: reads.map(at),
      writes: [{ system: true }, ...trees],
      env,
      system: true,
    })
  }
}

/** `apt-key add file`, `debconf-set-selections file`; without a file they read what is piped to them. */
function configureFrom(command: Command, files: ImageFiles, operands: Command['args']): Effect {
  const targets = toTargets(
    command,
    operands.filter((operand) => operand !== '-'),
  )
  if (targets === undefined || targets.some((target) => target.spread)) return OPAQUE
  return toEffect(files, {
    role: 'system',
    looks: targets.map((target) => target.path),
    writes: [{ system: true }, { tree: joinPath(command.home, '.gnupg'), mode: 'merge' }],
    env: APT_ENV,
    system: true,
  })
}

function resolveLdconfig(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, ['-f', '-C', '-r'])
  const targets = toTargets(command, options.operands)
  if (targets === undefined || hasOption(options, '-f', '-C', '-r')) return OPAQUE
  const trees = targets.map((target) => target.path).filter((path) => !isSystemPath(path))
  const writes = trees.map((tree): WriteEffect => ({ tree, mode: 'merge' }))
  return toEffect(files, { role: 'system', writes: [{ system: true }, ...writes], system: true })
}

function resolveSetcap(command: Command, files: ImageFiles): Effect {
  const words = command.args.filter((argument) => argument === undefined || !argument.startsWith('-'))
  // Capabilities and files take turns.
  return changeFiles(
    command,
    files,
    words.filter((_, index) => index % 2 === 1 || hasOption(parseOptions(command.args, []), '-r')),
  )
}

function changeFiles(command: Command, files: ImageFiles, operands: Command['args']): Effect {
  const options = parseOptions(operands, [])
  const targets = toTargets(command, options.operands)
  if (targets === undefined || targets.length === 0 || hasOption(options, '-o', '-R', '-K', '-N'))
    return OPAQUE
  return toEffect(files, {
    role: 'files',
    looks: targets.filter((target) => !target.spread).map((target) => target.path),
    writes: targets.map(toWrite),
    system: true,
  })
}
