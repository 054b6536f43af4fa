import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs'
import { randomUUID } from 'node:crypto'
import { basename, dirname, join, relative, sep } from 'node:path'
import { UserError } from '../errors.ts'

/** One file to write. */
export interface FileWrite {
  /** Absolute. A symbolic link is written through. */
  readonly path: string
  /** The text that was read; the file must still hold it. Absent when the file is new: it must not exist. */
  readonly before?: string
  readonly text: string
}

/** The temporary files that exist at the moment, for `removeTemporaries`. */
export type WriteJournal = Set<string>

/**
 * Writes all files or none: each goes to a temporary file beside its target, with its mode and, where possible, its
 * owner, and only when all are on the disk they take their targets' places. Throws a `UserError` that names the file
 * which stood in the way; the others are then as before. No file outside of `root` is written.
 */
export function writeFilesAtomically(
  writes: readonly FileWrite[],
  root: string,
  journal: WriteJournal = new Set(),
): void {
  const undo: (() => void)[] = []
  let path = ''
  try {
    const plans = writes.map((write) => {
      path = write.path
      return planWrite(write, root)
    })
    if (new Set(plans.map(({ target }) => target)).size < plans.length)
      throw new Error(`one file is written twice: ${writes.map((write) => write.path).join(', ')}`)
    const prepared = plans.map((plan, i) => {
      path = writes[i]?.path ?? ''
      return { plan, file: prepare(plan, journal) }
    })
    for (const [i, { plan, file }] of prepared.entries()) {
      path = writes[i]?.path ?? ''
      undo.unshift(replace(plan, file, journal))
    }
  } catch (error) {
    const left = undo.flatMap((step) => tryTo(step))
    if (left.length > 0) throw new UserError(`${path}: ${toReason(error)}; not restored: ${left.join(', ')}`)
    throw new UserError(`${path}: ${toReason(error)}; nothing was written`)
  } finally {
    removeTemporaries(journal)
  }
  for (const directory of new Set(writes.map((write) => dirname(write.path)))) syncDirectory(directory)
}

/** Removes what an interrupted write left behind. Safe to call at any time. */
export function removeTemporaries(journal: WriteJournal): void {
  for (const file of journal) {
    tryTo(() => rmSync(file, { force: true }))
    journal.delete(file)
  }
}

interface Plan {
  /** The real file. */
  readonly target: string
  readonly text: string
  /** Absent when the file is new. */
  readonly stat?: Stats
}

/** All checks that can be made before anything is written. */
function planWrite({ path, before, text }: FileWrite, root: string): Plan {
  const exists = lstatSync(path, { throwIfNoEntry: false }) !== undefined
  const target = exists ? realpathSync(path) : join(realpathSync(dirname(path)), basename(path))
  if (relative(realpathSync(root), target).split(sep).includes('..'))
    throw new UserError(`the link leads to ${target}, outside of ${root}`)
  checkWritable(dirname(target), statSync(dirname(target)), 'the directory')
  if (!exists) {
    if (before !== undefined) throw new UserError('the file was removed while dockerfix ran')
    return { target, text }
  }
  const stat = statSync(target)
  if (!stat.isFile()) throw new UserError('this is not a regular file')
  checkWritable(target, stat, 'the file')
  if (before === undefined) throw new UserError('the file was created while dockerfix ran')
  if (!readFileSync(target).equals(Buffer.from(before)))
    throw new UserError('the file was changed while dockerfix ran')
  return { target, text, stat }
}

/** Renaming over a read-only file would succeed, and root may write everything: the mode bits state the owner's wish. */
function checkWritable(path: string, stat: Stats, what: string): void {
  if ((stat.mode & 0o222) === 0) throw new UserError(`${what} is read-only`)
  accessSync(path, constants.W_OK)
}

/** Writes the text beside the target; returns the temporary file. */
function prepare({ target, text, stat }: Plan, journal: WriteJournal): string {
  const file = toTemporary(target, journal)
  const descriptor = openSync(file, 'wx', 0o666)
  try {
    writeFileSync(descriptor, text)
    if (stat !== undefined) {
      const made = statSync(file)
      // Only root may give a file away. Changing the owner clears mode bits, hence the order.
      if (made.uid !== stat.uid || made.gid !== stat.gid)
        tryTo(() => fchownSync(descriptor, stat.uid, stat.gid))
      fchmodSync(descriptor, stat.mode & 0o7777)
    }
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  return file
}

/** Puts the temporary file in the target's place; returns what takes it back. */
function replace({ target, stat }: Plan, file: string, journal: WriteJournal): () => void {
  if (stat === undefined) {
    renameSync(file, target)
    return () => named(target, () => rmSync(target))
  }
  const backup = toTemporary(target, journal)
  try {
    linkSync(target, backup)
  } catch {
    // Some file systems have no hard links.
    copyFileSync(target, backup, constants.COPYFILE_EXCL)
  }
  renameSync(file, target)
  return () =>
    named(`${target} (its text is in ${backup})`, () => {
      // When the rename fails, the only copy of the old text must stay.
      journal.delete(backup)
      renameSync(backup, target)
    })
}

function toTemporary(target: string, journal: WriteJournal): string {
  const file = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomUUID()}.tmp`)
  journal.add(file)
  return file
}

function syncDirectory(directory: string): void {
  tryTo(() => {
    const descriptor = openSync(directory, 'r')
    try {
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
  })
}

function named(name: string, step: () => void): void {
  try {
    step()
  } catch {
    throw new UserError(name)
  }
}

/** The messages of what went wrong, if anything did. */
function tryTo(step: () => void): readonly string[] {
  try {
    step()
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

function toReason(error: unknown): string {
  if (error instanceof UserError) return error.message
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  // A bug, not an obstacle.
  if (typeof code !== 'string') throw error
  return REASONS[code] ?? `the file system says ${code}`
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such directory, or a link that leads nowhere',
  ENOTDIR: 'a part of the path is no directory',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space left on the device',
  ELOOP: 'the symbolic link leads in a circle',
}
