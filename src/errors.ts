/** The user's fault: wrong flags, a wrong config, a file that cannot be written. The message is one line; no stack is shown. */
export class UserError extends Error {
  override readonly name = 'UserError'
}

export function isUserError(error: unknown): error is UserError {
  return error instanceof UserError
}
