import type { FollowUpsService } from '#main/features/follow-ups/index.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { Handlers } from '#shared/ipc/define.ts';

type FollowUpRoutes = Extract<keyof Handlers<AppContract, 'records'>, `follow-ups.${string}`>;

/** Closed follow-ups shown at most. */
const CLOSED_SHOWN = 200;

export function createFollowUpsHandlers(service: FollowUpsService, changed: () => void): Pick<Handlers<AppContract, 'records'>, FollowUpRoutes> {
  const done = (_result: unknown): Record<string, never> => {
    changed();
    return {};
  };
  return {
    'follow-ups.list': ({ closed }) => (closed ? service.closed(CLOSED_SHOWN) : service.open()),
    'follow-ups.of-call': ({ callId }) => service.ofCall(callId),
    'follow-ups.create': (input, { id }) => {
      const created = service.create(id, input);
      changed();
      return created;
    },
    'follow-ups.edit': (input, { id }) => done(service.edit(id, input)),
    'follow-ups.snooze': ({ id: followUp, until }, { id }) => done(service.snooze(id, followUp, until)),
    'follow-ups.close': ({ id: followUp, as, outcome }, { id }) => done(as === 'done' ? service.done(id, followUp, outcome) : service.cancel(id, followUp, outcome)),
    'follow-ups.reopen': ({ id: followUp }, { id }) => done(service.reopen(id, followUp)),
    'follow-ups.reminders': () => service.reminders(),
    'follow-ups.reminded': ({ id: followUp }, { id }) => done(service.reminded(id, followUp)),
    'follow-ups.ics': ({ ids }) => ({ text: service.ics(ids) }),
  };
}
