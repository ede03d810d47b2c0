/** The user must act: the message says what happened, to what, and what to do. Shown as it is, without a stack. */
export class UserError extends Error {
  override name = 'UserError'
  readonly kind = 'user'
}

/** Will pass by itself (a full queue, a busy file): try again after `retryAfterMs`. */
export class OperationalError extends Error {
  override name = 'OperationalError'
  readonly kind = 'operational'
  readonly retryAfterMs: number | null
  constructor(message: string, options: { retryAfterMs?: number | null; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.retryAfterMs = options.retryAfterMs ?? null
  }
}
