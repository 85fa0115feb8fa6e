import type { AppContract } from '#shared/ipc/contract.ts';
import type { Contract, Handlers, Home, RequestContext } from '#shared/ipc/define.ts';
import { CallsideError } from '#shared/ipc/errors.ts';

/**
 * Looks a route up in an exhaustive handler table. The router parsed the input against the same
 * contract that typed the table, which is what the one cast here rests on.
 */
export function answerFrom<H extends Home, C extends Contract = AppContract>(handlers: Handlers<C, H>): (route: string, input: unknown, context: RequestContext) => unknown {
  const table = handlers as unknown as Readonly<Record<string, (input: unknown, context: RequestContext) => unknown>>;
  return (route, input, context) => {
    const handler = Object.hasOwn(table, route) ? table[route] : undefined;
    if (handler === undefined) throw new CallsideError('unknown-route', 'There is no such route here.');
    return handler(input, context);
  };
}
