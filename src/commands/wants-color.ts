import type { Io } from './io.ts'

/** Whether the standard output gets colours: the flag, then NO_COLOR and FORCE_COLOR, then whether it is a terminal. */
export function wantsColor(flag: boolean | undefined, { env, isTTY }: Pick<Io, 'env' | 'isTTY'>): boolean {
  if (flag !== undefined) return flag
  if (env['NO_COLOR']) return false
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0'
  return isTTY && env['TERM'] !== 'dumb'
}
