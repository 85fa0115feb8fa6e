import { z } from 'zod';

/** Codes a renderer can act on. Everything unexpected is `internal` and carries only an id to look up in the log. */
export const ERROR_CODES = [
  'bad-input', 'unknown-route', 'forbidden', 'not-found', 'refused', 'conflict',
  'unavailable', 'timeout', 'cancelled', 'disk-full', 'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export const errorSchema = z.strictObject({
  code: z.enum(ERROR_CODES),
  /** A sentence for the log and for developers; screens show their own words by code. */
  message: z.string().max(2_000),
  /** The request id, to find the line in the log. */
  id: z.string().max(200),
});
export type CodedError = z.infer<typeof errorSchema>;

export type Reply = { ok: true; data: unknown } | { ok: false; error: CodedError };

/** An expected failure with a code, thrown by services and turned into the error envelope by the router. */
export class CallsideError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = 'CallsideError';
    this.code = code;
  }
}

/** Turns anything thrown into an envelope. Messages of unexpected errors stay in the log: they may hold data. */
export function toCodedError(cause: unknown, id: string): CodedError {
  if (cause instanceof CallsideError) return { code: cause.code, message: cause.message, id };
  return { code: 'internal', message: 'Something went wrong inside Callside. The log has the details.', id };
}
