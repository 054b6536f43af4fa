import { createHash } from 'node:crypto'

/** One path of an image. Times are left out: they differ from build to build. */
export interface TarEntry {
  /** A hard link counts as the file that it points to. */
  readonly type: 'file' | 'dir' | 'symlink' | 'other'
  /** The permission bits with setuid, setgid and the sticky bit. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly size: number
  /** Target of a symbolic link. */
  readonly link?: string
  /** Of a regular file. */
  readonly sha256?: string
}

const BLOCK = 512

/**
 * Reads a tar stream (ustar, with the extended headers that Go writes) into its entries by absolute path; a later
 * entry replaces an earlier one of the same path.
 */
export async function readTar(stream: AsyncIterable<Buffer>): Promise<ReadonlyMap<string, TarEntry>> {
  const entries = new Map<string, TarEntry>()
  const read = createReader(stream)
  let extended = new Map<string, string>()
  for (;;) {
    const header = await toBuffer(read(BLOCK))
    if (header.length < BLOCK || header.every((byte) => byte === 0)) break
    const type = String.fromCharCode(header[156] ?? 0)
    const size = Number(extended.get('size') ?? octal(header, 124, 12))
    const padding = (BLOCK - (size % BLOCK)) % BLOCK
    if (type === 'x') {
      extended = parseRecords(await toBuffer(read(size)))
      await toBuffer(read(padding))
      continue
    }
    const prefix = text(header, 345, 155)
    const name = text(header, 0, 100)
    const path = toPath(extended.get('path') ?? (prefix === '' ? name : `${prefix}/${name}`))
    const link = extended.get('linkpath') ?? text(header, 157, 100)
    const hash = createHash('sha256')
    for await (const chunk of read(size)) hash.update(chunk)
    await toBuffer(read(padding))
    extended = new Map()
    if (type === 'g') continue
    const target = type === '1' ? entries.get(toPath(link)) : undefined
    if (type === '1' && target === undefined)
      throw new Error(`${path} links to ${link}, which is not in the archive`)
    const common = {
      mode: octal(header, 100, 8) & 0o7777,
      uid: octal(header, 108, 8),
      gid: octal(header, 116, 8),
    }
    if (target !== undefined) entries.set(path, target)
    else if (type === '0' || type === '\0')
      entries.set(path, { type: 'file', ...common, size, sha256: hash.digest('hex') })
    else if (type === '5') entries.set(path, { type: 'dir', ...common, size: 0 })
    else if (type === '2') entries.set(path, { type: 'symlink', ...common, size: 0, link })
    else entries.set(path, { type: 'other', ...common, size })
  }
  // The program that writes the stream waits until all of it is read.
  await toBuffer(read(Number.POSITIVE_INFINITY))
  return entries
}

/** Hands out the next bytes of a stream, in the pieces that they come in. */
function createReader(stream: AsyncIterable<Buffer>): (length: number) => AsyncGenerator<Buffer> {
  const chunks = stream[Symbol.asyncIterator]()
  let rest: Buffer = Buffer.alloc(0)
  return async function* (length) {
    let missing = length
    while (missing > 0) {
      if (rest.length === 0) {
        const next = await chunks.next()
        if (next.done === true) return
        rest = next.value
      }
      const piece = rest.subarray(0, missing)
      rest = rest.subarray(piece.length)
      missing -= piece.length
      yield piece
    }
  }
}

async function toBuffer(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const list: Buffer[] = []
  for await (const piece of pieces) list.push(piece)
  return Buffer.concat(list)
}

function text(header: Buffer, start: number, length: number): string {
  const bytes = header.subarray(start, start + length)
  const end = bytes.indexOf(0)
  return bytes.toString('utf8', 0, end < 0 ? length : end)
}

function octal(header: Buffer, start: number, length: number): number {
  // A number that does not fit is written in binary, marked by the first bit.
  if (((header[start] ?? 0) & 0x80) !== 0)
    return Number(BigInt(`0x${header.toString('hex', start + 1, start + length)}`))
  return Number.parseInt(text(header, start, length).trim() || '0', 8)
}

/** The records of an extended header: `LENGTH KEY=VALUE\n`, the length in bytes and with itself. */
function parseRecords(bytes: Buffer): Map<string, string> {
  const records = new Map<string, string>()
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at)
    const length = Number(bytes.toString('latin1', at, space))
    if (!(length > 0)) throw new Error('an extended header cannot be read')
    const record = bytes.toString('utf8', space + 1, at + length - 1)
    const equals = record.indexOf('=')
    records.set(record.slice(0, equals), record.slice(equals + 1))
    at += length
  }
  return records
}

function toPath(name: string): string {
  return `/${name.replace(/^(\.?\/)+|^\.$/, '').replace(/\/+$/, '')}`
}
