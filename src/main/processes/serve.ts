import { toDbError } from '#main/db/errors.ts';
import { CallsideError, type ErrorCode } from '#shared/ipc/errors.ts';
import type { FromChild, ProcessConfig, ToChild } from './protocol.ts';

/** What a data process offers once it is open. */
export type Service = {
  handle(route: string, input: unknown, context: { id: string }): unknown;
  close(): void | Promise<void>;
};

export type ServeTools = {
  publish: (name: Extract<FromChild, { type: 'event' }>['name'], payload: unknown) => void;
  log: (level: 'info' | 'warn' | 'error', message: string, details?: Record<string, unknown>) => void;
};

type Port = { post(message: FromChild): void; onMessage(listener: (message: ToChild) => void): void; exit(): void };

/** Runs a data process: opens on `init`, answers calls, closes cleanly. Used by both process entries and by tests. */
export function serve(port: Port, open: (config: ProcessConfig, tools: ServeTools) => Service | Promise<Service>): void {
  let service: Service | undefined;
  const tools: ServeTools = {
    publish: (name, payload) => port.post({ type: 'event', name, payload }),
    log: (level, message, details) => port.post(details === undefined ? { type: 'log', level, message } : { type: 'log', level, message, details }),
  };

  const answer = async (id: string, route: string, input: unknown): Promise<void> => {
    try {
      if (service === undefined) throw new CallsideError('unavailable', 'The data is not open yet.');
      port.post({ type: 'reply', id, ok: true, data: await service.handle(route, input, { id }) });
    } catch (cause) {
      port.post({ type: 'reply', id, ok: false, ...describe(cause) });
    }
  };

  port.onMessage((message) => {
    switch (message.type) {
      case 'init':
        void Promise.resolve(open(message.config, tools)).then(
          (opened) => {
            service = opened;
            port.post({ type: 'ready' });
          },
          (cause: unknown) => {
            tools.log('error', 'a data process could not open its files', { error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) });
            port.exit();
          },
        );
        return;
      case 'call':
        void answer(message.id, message.route, message.input);
        return;
      case 'close':
        void Promise.resolve(service?.close()).finally(() => {
          port.post({ type: 'closed' });
          port.exit();
        });
        return;
    }
  });
}

function describe(cause: unknown): { code: ErrorCode; message: string; stack?: string } {
  const known = toDbError(cause, '');
  if (known instanceof CallsideError) return { code: known.code, message: known.message };
  const stack = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return { code: 'internal', message: 'Something went wrong inside Callside. The log has the details.', stack };
}
