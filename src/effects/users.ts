import { isStandardDirectory, joinPath } from '../model/paths.ts'
import { hasOption, optionValues, parseOptions, type Options } from './options.ts'
import { toPath, upwards } from './targets.ts'
import { OPAQUE, toEffect } from './work.ts'
import { words } from './words.ts'
import type { Argument, Command, Effect, ImageFiles, Resolve, WriteEffect } from '../model/types.ts'

/**
 * Users and groups. All of them read and write the user database, which package installs write too: the numbers that
 * new users get depend on the order.
 */
export const users: Readonly<Record<string, Resolve>> = {
  useradd: resolveUseradd,
  adduser: resolveAdduser,
  groupadd: changeDatabase,
  addgroup: changeDatabase,
  groupmod: changeDatabase,
  groupdel: changeDatabase,
  delgroup: changeDatabase,
  gpasswd: changeDatabase,
  usermod: resolveUsermod,
  userdel: resolveUserdel,
  deluser: resolveUserdel,
  passwd: changeDatabase,
  chpasswd: changeDatabase,
  chsh: changeDatabase,
  chfn: changeDatabase,
  chage: changeDatabase,
  pwconv: changeDatabase,
}

/** Another root directory, or another directory for the database. */
const ELSEWHERE = ['-R', '--root', '-P', '--prefix']

function changeDatabase(command: Command, files: ImageFiles): Effect {
  const elsewhere = command.args.some(
    (argument) => argument !== undefined && /^(-R|-P|--root|--prefix)/.test(argument),
  )
  return elsewhere && command.name !== 'gpasswd' ? OPAQUE : changeUsers(files, [])
}

function changeUsers(files: ImageFiles, homes: readonly string[]): Effect {
  const writes: readonly WriteEffect[] = [
    { system: true },
    ...homes.map((tree) => ({ tree, mode: 'merge' as const })),
  ]
  const looks = homes.flatMap(upwards).filter((path) => !isStandardDirectory(path))
  return toEffect(files, { role: 'files', looks, writes, system: true })
}

const USERADD_VALUED = [
  ...words('u g G d s c e f k K b p Z R P').map((letter) => `-${letter}`),
  ...words(`
  --uid --gid --groups --home-dir --home --shell --comment --expiredate --inactive --skel --key
  --base-dir --password --selinux-user --root --prefix
`),
]

/** Debian makes a home only for `-m`, Fedora for every user that is no system user. */
function resolveUseradd(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, USERADD_VALUED)
  if (hasOption(options, ...ELSEWHERE, '-k', '--skel')) return OPAQUE
  if (hasOption(options, '-D', '--defaults')) return changeUsers(files, [])
  const none = hasOption(options, '-M', '--no-create-home')
  const asked = hasOption(options, '-m', '--create-home')
  if (none || (!asked && hasOption(options, '-r', '--system'))) return changeUsers(files, [])
  const [base] = hasOption(options, '-b', '--base-dir')
    ? optionValues(options, '-b', '--base-dir')
    : ['/home']
  return changeHome(command, files, options, ['-d', '--home-dir', '--home'], base, options.operands.at(-1))
}

const ADDUSER_VALUED = [
  ...words('h g s G k u').map((letter) => `-${letter}`),
  ...words(`
  --home --shell --uid --firstuid --lastuid --gid --ingroup --gecos --comment --add_extra_groups
  --conf --firstgid --lastgid
`),
]
/** Fedora's adduser is useradd. */
const USERADD_ONLY = ['-m', '-M', '-r', '-d', '-c', '--create-home', '--home-dir']

/** Debian's script or BusyBox's: both make a home unless told not to, and give an existing one to the user. */
function resolveAdduser(command: Command, files: ImageFiles): Effect {
  if (command.args.some((argument) => USERADD_ONLY.includes(argument ?? '')))
    return resolveUseradd(command, files)
  const options = parseOptions(command.args, ADDUSER_VALUED)
  if (hasOption(options, '--conf', '-k')) return OPAQUE
  if (hasOption(options, '-H', '--no-create-home')) return changeUsers(files, [])
  const names = options.operands
  // `adduser user group` adds to a group; what is not known may be more than one word.
  if (names.length > 1 && names.every((name) => name !== undefined)) return changeUsers(files, [])
  return changeHome(command, files, options, ['-h', '--home'], '/home', names[0])
}

function changeHome(
  command: Command,
  files: ImageFiles,
  options: Options,
  flags: readonly string[],
  base: Argument,
  name: Argument,
): Effect {
  const given = hasOption(options, ...flags)
  const home = given
    ? toPath(command, optionValues(options, ...flags).at(-1))
    : base === undefined || name === undefined
      ? undefined
      : joinPath(base, name)
  return home === undefined ? OPAQUE : changeUsers(files, [home])
}

/** A new number changes the owner of everything in the user's home, and only the image knows where that is. */
function resolveUsermod(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, [...USERADD_VALUED, '-l', '--login'])
  if (hasOption(options, ...ELSEWHERE, '-m', '--move-home')) return OPAQUE
  if (!hasOption(options, '-u', '--uid', '-g', '--gid')) return changeUsers(files, [])
  return options.operands.at(-1) === 'www-data' ? changeUsers(files, ['/var/www']) : OPAQUE
}

function resolveUserdel(command: Command, files: ImageFiles): Effect {
  const options = parseOptions(command.args, ['-R', '--root', '-P', '--prefix', '--conf', '--backup-to'])
  const removes = hasOption(
    options,
    ...ELSEWHERE,
    '-r',
    '--remove',
    '--remove-home',
    '--remove-all-files',
    '--backup-to',
  )
  return removes ? OPAQUE : changeUsers(files, [])
}
