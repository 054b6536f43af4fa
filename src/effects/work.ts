import { isStandardDirectory, isSystemPath, parentPath } from '../model/paths.ts'
import type {
  Command,
  EnvEffect,
  ImageFiles,
  KnownEffect,
  OpaqueEffect,
  Role,
  WriteEffect,
} from '../model/types.ts'

/** What a command does to files, as its resolver found out. */
export interface Work {
  readonly role: Role
  /** Paths of which the command uses the entry itself: its kind, content, mode and owner. */
  readonly looks?: readonly string[]
  /** Paths that it reads with everything below. */
  readonly reads?: readonly string[]
  readonly writes?: readonly WriteEffect[]
  readonly env?: EnvEffect
  /** True for what needs the operating system beyond the base's core utilities: a package's program, a user's name. */
  readonly system?: boolean
}

/** A command whose effects cannot be known. */
export const OPAQUE: OpaqueEffect = { known: false }

/** A command that has no lasting effect and reads nothing. */
export const IDLE: KnownEffect = { known: true, role: 'none', writes: [], env: [], pure: true }

/** Records what the work reads, and states what it writes. */
export function toEffect(files: ImageFiles, work: Work): KnownEffect {
  const { role, looks = [], reads = [], writes = [], env = [], system = false } = work
  const touched = [...looks, ...reads, ...writes.map(placeOf)]
  for (const path of looks) files.kind(path)
  for (const path of reads) files.readTree(path)
  for (const write of writes) lookAtParent(files, write)
  const pure = !system && !touched.some((path) => path === undefined || isSystemPath(path))
  return { known: true, role, writes, env, ...(pure ? { pure } : {}) }
}

/** A refusal for an argument that is not known. */
export function unknownArgument(command: Command, role?: Role): OpaqueEffect {
  return {
    known: false,
    ...(role === undefined ? {} : { role }),
    reason: { code: 'unknown-argument', text: command.text },
  }
}

/** Without the directory that it writes into, the command would fail. What touches the system is read with it anyway. */
export function lookAtParent(files: ImageFiles, write: WriteEffect): void {
  const path = placeOf(write)
  if (path === undefined || write.allow !== undefined) return
  const parent = parentPath(path)
  if (!isStandardDirectory(parent) && !isSystemPath(parent)) files.kind(parent)
}

function placeOf(write: WriteEffect): string | undefined {
  if ('path' in write) return write.path
  return 'tree' in write ? write.tree : undefined
}
