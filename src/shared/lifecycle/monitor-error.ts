/** Every way in which something of ours can fail. Closed: a new failure is a new code, on purpose. */
export const monitorErrorCodes = [
  'aborted',
  'closed',
  'timeout',
  'invalidArgument',
  'invalidMessage',
  'invalidState',
  'unauthorized',
  'forbidden',
  'notFound',
  'limitExceeded',
  'unsupported',
  'needsPermission',
  'unavailable',
  'io',
  'internal',
] as const;
export type MonitorErrorCode = (typeof monitorErrorCodes)[number];

/**
 * The one error class. `message` is a sentence that a person can act on; `cause` keeps what led here. On the
 * wire only `code` and `message` travel, never a stack.
 */
export class MonitorError extends Error {
  readonly code: MonitorErrorCode;
  /** What to do about it, where that is known: of `needsPermission` always. */
  readonly remedy: string | null;

  constructor(code: MonitorErrorCode, message: string, options?: { cause?: unknown; remedy?: string }) {
    super(message, options);
    this.name = 'MonitorError';
    this.code = code;
    this.remedy = options?.remedy ?? null;
  }

  /** Any thrown value as a MonitorError: itself if it is one, else wrapped under `code` with its message kept. */
  static from(error: unknown, code: MonitorErrorCode = 'internal'): MonitorError {
    if (error instanceof MonitorError) return error;
    const message = error instanceof Error ? error.message : String(error);
    return new MonitorError(code, message, { cause: error });
  }
}
