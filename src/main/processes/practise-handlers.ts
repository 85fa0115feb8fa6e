import type { PractiseService } from '#main/features/practise/index.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { Handlers } from '#shared/ipc/define.ts';

type PractiseRoutes = Extract<keyof Handlers<AppContract, 'records'>, `practise.${string}`>;

/** Routes over practice runs. */
export function createPractiseHandlers(service: PractiseService): Pick<Handlers<AppContract, 'records'>, PractiseRoutes> {
  return {
    'practise.runs': ({ limit }) => service.runs(limit),
    'practise.save': (run, { id }) => {
      service.save(id, run);
      return {};
    },
    'practise.erase': ({ id: run }, { id }) => {
      service.erase(id, run);
      return {};
    },
  };
}
