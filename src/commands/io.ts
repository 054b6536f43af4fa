/** All that a command may use of the process it runs in. Only `cli.ts` makes a real one. */
export interface Io {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether the standard output is a terminal. */
  readonly isTTY: boolean
  /** Whether the standard error output is a terminal. */
  readonly isErrorTTY: boolean
  /** The whole standard input. */
  readonly stdin: () => Promise<Uint8Array>
  readonly stdout: (text: string) => void
  readonly stderr: (text: string) => void
  /** From now on an interrupt takes effect between two files only, so that no file is left half done. */
  readonly deferInterrupts: () => void
}
