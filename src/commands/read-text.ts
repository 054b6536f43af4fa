import { readFileSync, statSync } from 'node:fs'
import { toFileMessage } from './file-message.ts'

/** The text of a file, byte for byte, or what is wrong with it in words. */
export type TextOrFault = { readonly text: string } | { readonly fault: string }

const limit = 1_000_000

/** Reads a Dockerfile or an ignore file: UTF-8 text of at most 1 MB. A byte order mark stays in the text. */
export function readText(path: string): TextOrFault {
  try {
    const stats = statSync(path)
    if (stats.isDirectory()) return { fault: 'this is a directory, not a Dockerfile' }
    if (!stats.isFile()) return { fault: 'this is no regular file' }
    return stats.size > limit ? { fault: tooLarge } : toText(readFileSync(path))
  } catch (error) {
    return { fault: toFileMessage(error) }
  }
}

const tooLarge = 'the file is larger than 1 MB: this can be no Dockerfile'

/** The bytes as text: at most 1 MB, UTF-8, no NUL. */
export function toText(bytes: Uint8Array): TextOrFault {
  if (bytes.length > limit) return { fault: tooLarge }
  if (bytes.includes(0)) return { fault: 'this is a binary file' }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return { fault: 'the file is not UTF-8 text: convert it first' }
  }
}
