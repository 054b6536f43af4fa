import * as fs from 'node:fs'
import {
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { isUserError } from '../../src/errors.ts'
import { removeTemporaries, writeFilesAtomically } from '../../src/context/write-files.ts'
import { makeDirectory } from './temporary-directory.ts'

vi.mock('node:fs', async (load) => {
  const actual = await load<typeof fs>()
  return {
    ...actual,
    renameSync: vi.fn(actual.renameSync),
    linkSync: vi.fn(actual.linkSync),
    fsyncSync: vi.fn(actual.fsyncSync),
  }
})
const actual = await vi.importActual<typeof fs>('node:fs')

afterEach(() => {
  vi.mocked(fs.renameSync).mockReset().mockImplementation(actual.renameSync)
  vi.mocked(fs.linkSync).mockReset().mockImplementation(actual.linkSync)
  vi.mocked(fs.fsyncSync).mockReset().mockImplementation(actual.fsyncSync)
})

function failOnCall(count: number, code: string): typeof fs.renameSync {
  let calls = 0
  return (from, to) => {
    calls++
    if (calls === count) throw Object.assign(new Error(code), { code })
    actual.renameSync(from, to)
  }
}

/** All files with their text. */
function snapshot(root: string) {
  return Object.fromEntries(readdirSync(root).map((name) => [name, readFileSync(join(root, name), 'utf8')]))
}

describe('writeFilesAtomically', () => {
  it('writes bytes and keeps modes', () => {
    const root = makeDirectory({ Dockerfile: '\uFEFFFROM a\r\n', other: 'x' })
    chmodSync(join(root, 'Dockerfile'), 0o754)
    const journal = new Set<string>()
    writeFilesAtomically(
      [
        { path: join(root, 'Dockerfile'), before: '\uFEFFFROM a\r\n', text: '\uFEFFFROM b\r\n' },
        { path: join(root, '.dockerignore'), text: '' },
      ],
      root,
      journal,
    )
    expect(snapshot(root)).toEqual({ Dockerfile: '\uFEFFFROM b\r\n', other: 'x', '.dockerignore': '' })
    expect(statSync(join(root, 'Dockerfile')).mode & 0o777).toBe(0o754)
    expect(journal.size).toBe(0)
    writeFilesAtomically([], root)
  })

  it('writes through a link inside the root only', () => {
    const outside = makeDirectory({ file: 'o' })
    const root = makeDirectory({
      real: 'r',
      link: '-> real',
      out: `-> ${outside}/file`,
      dangling: '-> nowhere',
    })
    symlinkSync(outside, join(root, 'dir'))
    writeFilesAtomically([{ path: join(root, 'link'), before: 'r', text: 'new' }], root)
    expect([
      lstatSync(join(root, 'link')).isSymbolicLink(),
      readFileSync(join(root, 'real'), 'utf8'),
    ]).toEqual([true, 'new'])
    for (const path of ['out', 'dir/file', 'dir/new'])
      expect(() => writeFilesAtomically([{ path: join(root, path), before: 'o', text: '' }], root)).toThrow(
        /outside of .*nothing was written/,
      )
    expect(() => writeFilesAtomically([{ path: join(root, 'dangling'), text: '' }], root)).toThrow(
      'leads nowhere',
    )
    expect(snapshot(outside)).toEqual({ file: 'o' })
  })

  it.each([
    ['changed', 'a', { before: 'old', text: 'x' }, 'was changed while'],
    ['new, but there', 'a', { text: 'x' }, 'was created while'],
    ['known, but gone', 'gone', { before: 'x', text: 'y' }, 'was removed while'],
    ['read-only', 'locked', { before: 'l', text: 'x' }, 'the file is read-only'],
    ['in a read-only directory', 'sealed/f', { before: 'f', text: 'x' }, 'the directory is read-only'],
    ['a directory', 'sub', { before: '', text: 'x' }, 'not a regular file'],
    ['in no directory', 'no/f', { text: 'x' }, 'no such directory'],
    ['below a file', 'a/f', { text: 'x' }, 'no directory'],
  ])('writes nothing when a file is %s', (_, path, write, message) => {
    const root = makeDirectory({ first: '1', a: 'a', locked: 'l', 'sub/': '', 'sealed/f': 'f' })
    chmodSync(join(root, 'locked'), 0o444)
    chmodSync(join(root, 'sealed'), 0o555)
    const writes = [
      { path: join(root, 'first'), before: '1', text: '2' },
      { path: join(root, path), ...write },
    ]
    const error = catchError(() => writeFilesAtomically(writes, root))
    chmodSync(join(root, 'sealed'), 0o755)
    expect(isUserError(error)).toBe(true)
    expect(String(error)).toContain(message)
    expect(String(error)).toContain(join(root, path))
    expect(readFileSync(join(root, 'first'), 'utf8')).toBe('1')
    expect(readdirSync(root).sort()).toEqual(['a', 'first', 'locked', 'sealed', 'sub'])
  })

  it.each([1, 2, 3])('rolls back when rename %i fails', (count) => {
    const root = makeDirectory({ a: '1', c: '3' })
    const inode = statSync(join(root, 'a')).ino
    const writes = [
      { path: join(root, 'a'), before: '1', text: 'A' },
      { path: join(root, 'b'), text: 'B' },
      { path: join(root, 'c'), before: '3', text: 'C' },
    ]
    vi.mocked(fs.renameSync).mockImplementation(failOnCall(count, 'ENOSPC'))
    expect(() => writeFilesAtomically(writes, root)).toThrow(
      `${writes[count - 1]?.path}: no space left on the device; nothing was written`,
    )
    expect(snapshot(root)).toEqual({ a: '1', c: '3' })
    expect(statSync(join(root, 'a')).ino).toBe(inode)
  })

  it('does without hard links, and cleans up when the disk is full', () => {
    const root = makeDirectory({ a: '1', b: '2' })
    const writes = ['a', 'b'].map((name, i) => ({ path: join(root, name), before: `${i + 1}`, text: 'x' }))
    vi.mocked(fs.linkSync).mockImplementation(() => {
      throw Object.assign(new Error('EPERM'), { code: 'EPERM' })
    })
    vi.mocked(fs.renameSync).mockImplementation(failOnCall(2, 'EIO'))
    expect(() => writeFilesAtomically(writes, root)).toThrow('the file system says EIO')
    expect(snapshot(root)).toEqual({ a: '1', b: '2' })
    vi.mocked(fs.fsyncSync).mockImplementationOnce(() => {
      throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })
    })
    expect(() => writeFilesAtomically(writes, root)).toThrow('no space left')
    expect(snapshot(root)).toEqual({ a: '1', b: '2' })
  })

  it('says where the old text is when it cannot be put back', () => {
    const root = makeDirectory({ a: '1', b: '2' })
    const writes = ['a', 'b'].map((name, i) => ({ path: join(root, name), before: `${i + 1}`, text: 'x' }))
    let calls = 0
    vi.mocked(fs.renameSync).mockImplementation((from, to) => {
      calls++
      if (calls > 1) throw Object.assign(new Error('EIO'), { code: 'EIO' })
      actual.renameSync(from, to)
    })
    const message = String(catchError(() => writeFilesAtomically(writes, root)))
    const backup = /its text is in (.*)\)/.exec(message)?.[1] ?? ''
    expect(readFileSync(backup, 'utf8')).toBe('1')
  })

  it('takes a file that is written twice for a bug', () => {
    const root = makeDirectory({ a: '1', b: '-> a' })
    const writes = ['a', 'b'].map((name) => ({ path: join(root, name), before: '1', text: 'x' }))
    expect(isUserError(catchError(() => writeFilesAtomically(writes, root)))).toBe(false)
    expect(readFileSync(join(root, 'a'), 'utf8')).toBe('1')
  })
})

it('removeTemporaries removes what is left', () => {
  const root = makeDirectory()
  const journal = new Set([join(root, 'x'), join(root, 'y')])
  writeFileSync(join(root, 'x'), '')
  removeTemporaries(journal)
  expect([existsSync(join(root, 'x')), journal.size]).toEqual([false, 0])
})

function catchError(action: () => void): unknown {
  try {
    action()
    return undefined
  } catch (error) {
    return error
  }
}
