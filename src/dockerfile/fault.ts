/** Why a builder refuses an instruction; the caller knows where it stands. */
export interface Fault {
  readonly fault: string
}

export function isFault(value: object | undefined): value is Fault {
  return value !== undefined && 'fault' in value
}
