import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import { createGuidanceSaver } from '#renderer/ipc/guidance-saver.ts';
import { applyAbuse, incidentRecord, NO_ABUSE, recoveryFor, replayAbuse, warningsGiven, type AbuseEvent, type AbuseState, type IncidentRecord } from '#shared/domain/abuse/ladder.ts';
import { DEFAULT_ABUSE_POLICY, type AbusePolicy } from '#shared/domain/abuse/policy.ts';

export type LadderState =
  | { kind: 'closed' }
  | {
      kind: 'open';
      callId: string;
      policy: AbusePolicy;
      abuse: AbuseState;
      /** The kind of abuse the card shows; undefined shows the list. */
      category: string | undefined;
      recorded: 'no' | 'saving' | 'yes';
    };

type EventBody = AbuseEvent extends infer E ? (E extends AbuseEvent ? Omit<E, 'at'> : never) : never;
export type ExportOptions = { caller?: string; withWords: boolean };

export type LadderStore = StoreApi<LadderState> & {
  actions: {
    attach(callId: string, events: readonly AbuseEvent[]): void;
    detach(): void;
    choose(category: string | undefined): void;
    mark(event: EventBody): void;
    /** Stores the incident with the call; a failed save is tried again until it is stored. */
    record(): Promise<void>;
    /** The record as a file may hold it; undefined when nothing beyond listening happened. */
    file(options: ExportOptions): IncidentRecord | undefined;
  };
};

/** Retry of a failed record (ms). */
const RETRY_MS = 2_000;

/** The abuse ladder of the call on screen, as the organisation has it when the call opens. What happened is marked by the agent, never inferred. */
export function createLadderStore(client: Client, policy: () => AbusePolicy = () => DEFAULT_ABUSE_POLICY, now: () => number = Date.now): LadderStore {
  const store = createStore<LadderState>(() => ({ kind: 'closed' }));
  let events: AbuseEvent[] = [];
  const saver = createGuidanceSaver<AbuseEvent>((callId, abuse) => client.call('calls.save-guidance', { callId, guidance: { abuse } }));
  const open = (): Extract<LadderState, { kind: 'open' }> | undefined => {
    const state = store.getState();
    return state.kind === 'open' ? state : undefined;
  };

  const mark = (body: EventBody): void => {
    const state = open();
    if (state === undefined) return;
    const event = { ...body, at: now() } as AbuseEvent;
    events = [...events, event];
    store.setState({ ...state, abuse: applyAbuse(state.abuse, event), recorded: 'no' }, true);
    saver.save(state.callId, events);
  };

  const record = async (): Promise<void> => {
    const state = open();
    const incident = state === undefined ? undefined : incidentRecord(state.abuse, state.policy, { id: state.callId.toLowerCase(), call: state.callId, withWords: true });
    if (state === undefined || incident === undefined) return;
    store.setState({ ...state, recorded: 'saving' }, true);
    const input = {
      id: `incident.${state.callId}`,
      callId: state.callId,
      category: incident.categories.map((one) => one.category).join(', '),
      warnings: warningsGiven(state.abuse),
      endedCall: incident.ended,
      words: incident.entries.flatMap((entry) => entry.words ?? []).join('\n'),
      recovery: recoveryFor(state.abuse, state.policy) ?? 'draining',
    } as const;
    const save = async (): Promise<void> => {
      try {
        await client.call('guidance.incident', input);
        const after = open();
        if (after?.callId === state.callId) store.setState({ ...after, recorded: 'yes' }, true);
      } catch {
        setTimeout(() => void save(), RETRY_MS);
      }
    };
    await save();
  };

  return Object.assign(store, {
    actions: {
      attach: (callId: string, stored: readonly AbuseEvent[]) => {
        if (open()?.callId === callId) return;
        events = [...stored];
        store.setState({ kind: 'open', callId, policy: policy(), abuse: events.length === 0 ? NO_ABUSE : replayAbuse(events), category: undefined, recorded: 'no' }, true);
      },
      detach: () => {
        events = [];
        store.setState({ kind: 'closed' }, true);
      },
      choose: (category: string | undefined) => {
        const state = open();
        if (state !== undefined) store.setState({ ...state, category }, true);
      },
      mark,
      record,
      file: ({ caller, withWords }: ExportOptions) => {
        const state = open();
        if (state === undefined) return undefined;
        return incidentRecord(state.abuse, state.policy, { id: `incident.${state.callId.toLowerCase()}`, call: state.callId, withWords, ...(caller === undefined ? {} : { caller }) });
      },
    },
  });
}
