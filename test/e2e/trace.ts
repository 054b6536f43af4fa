/**
 * The files that a traced program opened to read, by absolute path, from a log of
 * `strace -f -y -e trace=open,openat,openat2,execve`: `-y` names what each descriptor is, so that relative paths need
 * no working directory. A file that the program itself has emptied or made before is its own, and is no read.
 */
export function openedFiles(log: string): ReadonlySet<string> {
  const opened = new Set<string>()
  const written = new Set<string>()
  for (const line of log.split('\n')) {
    const path = OPENED.exec(line)?.[1] ?? EXECUTED.exec(line)?.[1]
    if (path === undefined || written.has(path)) continue
    if (/\bO_(TRUNC|EXCL)\b/.test(line)) written.add(path)
    // What is opened to be written only (`touch`) tells nothing of what is in it.
    else if (!/\bO_WRONLY\b/.test(line)) opened.add(path)
  }
  return opened
}

/** The result of a call names the file: `= 3</app/package.json>`; that of an interrupted one stands on its last line. */
const OPENED = /\bopen(?:at2?)?(?:\(| resumed).* = \d+<(\/[^>]*)>$/
const EXECUTED = /\bexecve\("(\/[^"]*)".* = 0$/
