import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Contract, Home, RequestContext } from '#shared/ipc/define.ts';
import { CallsideError, toCodedError, type Reply } from '#shared/ipc/errors.ts';

/** A request as it arrives from a page: hostile until parsed. */
const requestSchema = z.strictObject({
  route: z.string().max(100),
  input: z.unknown(),
  id: z.string().max(100).regex(/^[A-Za-z0-9-]+$/),
});

/** Answers one parsed request at its home. */
export type Answer = (route: string, input: unknown, context: RequestContext) => Promise<unknown>;

export type DispatchOptions = {
  contract: Contract;
  /** One answerer per home. */
  homes: Record<Home, Answer>;
  log: { warn(message: string, details?: Record<string, unknown>): void; error(message: string, details?: Record<string, unknown>): void };
  now: () => number;
  /** Parse replies too; on in tests, where a wrong shape must be loud. */
  checkOutput: boolean;
};

/** Requests slower than this are listed in the log by name (never with their input). */
const SLOW_MS = 40;

/**
 * Parses and routes one request. Never throws: every outcome is an envelope. Own properties only, so
 * that a route called `__proto__` or `constructor` is unknown like any other.
 */
export function createDispatch({ contract, homes, log, now, checkOutput }: DispatchOptions): (message: unknown) => Promise<Reply> {
  return async (message) => {
    const request = requestSchema.safeParse(message);
    if (!request.success) return refuse('bad-input', 'The request is not well formed.', randomUUID());
    const { route: name, input, id } = request.data;
    const route = Object.hasOwn(contract, name) ? contract[name] : undefined;
    if (route === undefined) return refuse('unknown-route', 'There is no such route.', id);
    const parsed = route.input.safeParse(input);
    if (!parsed.success) return refuse('bad-input', z.prettifyError(parsed.error).slice(0, 1_000), id);
    const startedAt = now();
    try {
      const data = await homes[route.home](name, parsed.data, { id });
      return { ok: true, data: checkOutput ? route.output.parse(data) : data };
    } catch (cause) {
      if (!(cause instanceof CallsideError)) log.error('request failed', { route: name, id, error: describe(cause) });
      return { ok: false, error: toCodedError(cause, id) };
    } finally {
      const ms = now() - startedAt;
      if (ms > SLOW_MS) log.warn('slow request', { route: name, ms: Math.round(ms) });
    }
  };
}

function refuse(code: 'bad-input' | 'unknown-route', message: string, id: string): Reply {
  return { ok: false, error: { code, message, id } };
}

function describe(cause: unknown): string {
  return cause instanceof Error ? `${cause.name}: ${cause.message}\n${cause.stack ?? ''}` : String(cause);
}
