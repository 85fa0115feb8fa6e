import type { AppContract, RouteName } from '#shared/ipc/contract.ts';
import type { OutputOf, RequestOf } from '#shared/ipc/define.ts';
import type { CallRecords } from './intake.ts';

/** Asks the records process; the composition root passes its host. */
export type AskRecords = <R extends RouteName & `calls.${string}`>(route: R, input: RequestOf<AppContract, R>) => Promise<OutputOf<AppContract, R>>;

/** The records as the intake wants them, over the same routes the screens use. */
export function recordsOver(ask: AskRecords): CallRecords {
  return {
    start: async (call) => {
      const { call: view, created } = await ask('calls.start', call);
      return { callId: view.id, created };
    },
    event: async (callId, event) => void (await ask('calls.event', { callId, event })),
    describe: async (callId, facts) => void (await ask('calls.describe', { callId, ...facts })),
    get: async (callId) => {
      const { call } = await ask('calls.get', { callId });
      return call === undefined ? undefined : { id: call.id, state: call.state, number: call.number, name: call.name, queue: call.queue, since: call.stateSince, transferredTo: call.transferredTo, transferredFrom: call.transferredFrom };
    },
    open: async () => (await ask('calls.open', {})).map(({ id, state, number, name, queue, transferredTo, transferredFrom }) => ({ id, state, number, name, queue, transferredTo, transferredFrom })),
  };
}
