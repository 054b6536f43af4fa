/** What went wrong with a file, in words; the path is named beside it. Anything that is no file-system error is thrown on. */
export function toFileMessage(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) throw error
  return messages[code] ?? `the file system says ${code}`
}

const messages: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  ENOTDIR: 'a part of the path is no directory',
  EISDIR: 'this is a directory, not a Dockerfile',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
  ELOOP: 'the symbolic link leads in a circle',
  ENOSPC: 'no space left on the device',
  ENAMETOOLONG: 'the name is too long',
}
