import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import { createGuidanceSaver } from '#renderer/ipc/guidance-saver.ts';
import type { Offer } from '#shared/domain/prompts/pick.ts';
import type { Situation } from '#shared/domain/prompts/schema.ts';
import { applyPrompt, EMPTY_USAGE, replayPrompts, type PromptEvent, type PromptUsage } from '#shared/domain/prompts/usage.ts';

export type PromptsState =
  | { kind: 'closed' }
  | {
      kind: 'open';
      callId: string;
      usage: PromptUsage;
      /** The moment the agent named; undefined shows the list of moments. */
      situation: Situation | undefined;
      /** Offers on screen stay the same until the agent asks for others. */
      turn: number;
    };

export type PromptsStore = StoreApi<PromptsState> & {
  actions: {
    attach(callId: string, events: readonly PromptEvent[]): void;
    detach(): void;
    /** Names the moment, or goes back to the list. What was on screen counts as offered and never comes again. */
    choose(situation: Situation | undefined, leaving?: readonly Offer[]): void;
    /** The agent said these words: they go to the summary and never come again in this call. */
    used(offer: Offer): void;
    /** None of these: shown ones count as seen, and the next wordings come. */
    others(offers: readonly Offer[]): void;
    openFramework(framework: string): void;
    stage(framework: string, stage: string, done: boolean): void;
    reopenStage(framework: string, stage: string): void;
    setTone(tone: 'plain' | 'formal'): void;
  };
};

type EventBody = PromptEvent extends infer E ? (E extends PromptEvent ? Omit<E, 'at'> : never) : never;

/** Words shown and said in the call on screen: the fold of stored events. */
export function createPromptsStore(client: Client, now: () => number = Date.now): PromptsStore {
  const store = createStore<PromptsState>(() => ({ kind: 'closed' }));
  let events: PromptEvent[] = [];
  const saver = createGuidanceSaver<PromptEvent>((callId, prompts) => client.call('calls.save-guidance', { callId, guidance: { prompts } }));

  const record = (body: EventBody, patch: { turn?: number } = {}): void => {
    const state = store.getState();
    if (state.kind !== 'open') return;
    const event = { ...body, at: now() } as PromptEvent;
    events = [...events, event];
    store.setState({ ...state, ...patch, usage: applyPrompt(state.usage, event) }, true);
    saver.save(state.callId, events);
  };
  const nextTurn = (): { turn: number } => {
    const state = store.getState();
    return { turn: state.kind === 'open' ? state.turn + 1 : 0 };
  };

  return Object.assign(store, {
    actions: {
      attach: (callId: string, stored: readonly PromptEvent[]) => {
        const state = store.getState();
        if (state.kind === 'open' && state.callId === callId) return;
        events = [...stored];
        store.setState({ kind: 'open', callId, usage: events.length === 0 ? EMPTY_USAGE : replayPrompts(events), situation: undefined, turn: 0 }, true);
      },
      detach: () => {
        events = [];
        store.setState({ kind: 'closed' }, true);
      },
      choose: (situation: Situation | undefined, leaving: readonly Offer[] = []) => {
        const before = store.getState();
        if (before.kind === 'open' && leaving.length > 0 && before.situation !== situation) record({ type: 'shown', phrases: leaving.map((offer) => offer.phrase) });
        const state = store.getState();
        if (state.kind === 'open') store.setState({ ...state, situation, turn: state.turn + 1 }, true);
      },
      used: (offer: Offer) => {
        const { framework, stage, situation } = offer.prompt;
        record(
          { type: 'used', phrase: offer.phrase, text: offer.text, situation, ...(framework === undefined ? {} : { framework }), ...(stage === undefined ? {} : { stage }) },
          nextTurn(),
        );
      },
      others: (offers: readonly Offer[]) => record({ type: 'shown', phrases: offers.map((offer) => offer.phrase) }, nextTurn()),
      openFramework: (framework: string) => record({ type: 'openFramework', framework }),
      stage: (framework: string, stage: string, done: boolean) => record({ type: done ? 'stageDone' : 'stageSkipped', framework, stage }),
      reopenStage: (framework: string, stage: string) => record({ type: 'stageReopened', framework, stage }),
      setTone: (tone: 'plain' | 'formal') => record({ type: 'tone', tone }, nextTurn()),
    },
  });
}
