import type { AppContract } from '#shared/ipc/contract.ts';
import type { Handlers } from '#shared/ipc/define.ts';
import type { SuggestService } from './suggest-service.ts';

type SuggestRoutes = Extract<keyof Handlers<AppContract, 'records'>, `suggest.${string}`>;

/** Routes over suggestions. */
export function createSuggestHandlers(service: SuggestService): Pick<Handlers<AppContract, 'records'>, SuggestRoutes> {
  return {
    'suggest.query': ({ text }) => service.query(text),
    'suggest.learn': (input, { id }) => {
      service.learn(id, input);
      return {};
    },
    'suggest.memory': ({ from, count }) => service.memory(from, count),
    'suggest.forget': ({ callId }, { id }) => ({ forgotten: service.forget(id, callId) }),
    'suggest.export': () => ({ name: 'callside suggestions.ndjson', text: service.export() }),
    'suggest.erase': (_input, { id }) => service.erase(id),
  };
}
