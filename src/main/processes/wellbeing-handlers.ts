import { z } from 'zod';
import { plannerSaveSchema, type PlannerStore, type WellbeingService } from '#main/features/wellbeing/index.ts';
import type { CallsService } from '#main/features/calls/index.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { Handlers } from '#shared/ipc/define.ts';
import { LIMITS } from '#shared/domain/common.ts';
import { callPhaseSchema, type CallPhase } from '#shared/domain/wellbeing/state.ts';

type Routes = Pick<Handlers<AppContract, 'records'>, Extract<keyof Handlers<AppContract, 'records'>, `wellbeing.${string}`>>;
type EraseReport = Awaited<ReturnType<Routes['wellbeing.erase']>>;

/** Routes over the agent's own book. `erase` also takes care of copies and tells the planner. */
export function createWellbeingHandlers(service: WellbeingService, erase: (commandId: string) => EraseReport): Routes {
  return {
    'wellbeing.history': ({ from, to, fromDay, toDay }) => service.history(from, to, fromDay, toDay),
    'wellbeing.load': ({ from, to }) => service.load(from, to),
    'wellbeing.wins': ({ search }) => service.wins(search),
    'wellbeing.add-wins': ({ kind, lines }, { id }) => {
      service.addWins(id, kind, lines);
      return {};
    },
    'wellbeing.remove-win': ({ id: win }, { id }) => {
      service.removeWin(id, win);
      return {};
    },
    'wellbeing.ideas': () => service.ideas(),
    'wellbeing.idea-used': ({ idea, finished }, { id }) => {
      service.ideaUsed(id, idea, finished);
      return {};
    },
    'wellbeing.export': ({ format }) => service.exportOwn(format),
    'wellbeing.statement': (input, { id }) => service.statement(id, input),
    'wellbeing.erase': (_input, { id }) => erase(id),
  };
}

/** What the planner in the main process asks of the records; windows have no route to any of it. */
export const plannerCall = { load: 'planner.load', save: 'planner.save', call: 'planner.call', presence: 'planner.presence', desk: 'planner.desk' } as const;

export const plannerCallReply = z.strictObject({ phase: callPhaseSchema, callId: z.string().max(LIMITS.id).optional() });
export const plannerLoadReply = z.strictObject({ life: z.string(), seq: z.int(), data: z.string() }).nullable();
const presenceInput = z.strictObject({ reason: z.enum(['break', 'lunch']).nullable() });
/** Any reason the agent picks by hand, in the tray; null: takes calls. */
const deskInput = z.strictObject({ reason: z.string().min(1).max(LIMITS.id).nullable() });
/** Presences the planner set and may take back. */
const OWN_REASONS: ReadonlySet<string> = new Set(['break', 'lunch']);

export type PlannerParts = { store: PlannerStore; calls: Pick<CallsService, 'openCalls' | 'presence' | 'setPresence'> };

/** Answers the planner's calls; undefined for every other route. */
export function createPlannerHandlers({ store, calls }: PlannerParts): (route: string, input: unknown, id: string) => { answer: unknown } | undefined {
  return (route, input, id) => {
    switch (route) {
      case plannerCall.load:
        return { answer: store.load() ?? null };
      case plannerCall.save:
        store.save(id, plannerSaveSchema.parse(input));
        return { answer: null };
      case plannerCall.call:
        return { answer: callNow(calls.openCalls().map((call) => ({ id: call.id, state: call.machine.state }))) };
      case plannerCall.presence: {
        const { reason } = presenceInput.parse(input);
        const before = calls.presence();
        if (reason !== null) calls.setPresence(id, { state: 'not-ready', reason });
        else if (before?.state === 'not-ready' && OWN_REASONS.has(before.reason)) calls.setPresence(id, { state: 'available' });
        return { answer: null };
      }
      case plannerCall.desk: {
        const { reason } = deskInput.parse(input);
        calls.setPresence(id, reason === null ? { state: 'available' } : { state: 'not-ready', reason });
        return { answer: null };
      }
      default:
        return undefined;
    }
  };
}

/** Of several calls the one that asks most of the agent counts. */
export function callNow(calls: readonly { id: string; state: string }[]): z.infer<typeof plannerCallReply> {
  for (const phase of ['talking', 'on-hold', 'ringing', 'wrap-up'] as const satisfies readonly CallPhase[]) {
    const found = calls.find((call) => call.state === phase);
    if (found !== undefined) return { phase, callId: found.id };
  }
  return { phase: 'none' };
}
