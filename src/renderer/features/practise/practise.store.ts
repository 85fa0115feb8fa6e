import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { PracticeCaller } from '#shared/domain/desk-lists.ts';
import { afterMove, afterSilence, heardAgent, openConversation, resumeClock, type Conversation } from '#shared/domain/practise/conversation.ts';
import { reviewPractice, type PracticeRun } from '#shared/domain/practise/review.ts';
import type { PromptUsage } from '#shared/domain/prompts/usage.ts';
import type { ScriptEvent } from '#shared/domain/scripts/events.ts';
import type { ScriptLibrary } from '#shared/domain/scripts/library.ts';
import type { ScriptState } from '#shared/domain/scripts/state.ts';

export type PractiseState = {
  runs: readonly PracticeRun[];
  stage:
    | { kind: 'choosing' }
    | { kind: 'talking'; id: string; caller: PracticeCaller; startedAt: number; conversation: Conversation; notes: string; pausedAt: number | undefined }
    | { kind: 'review'; run: PracticeRun; caller: PracticeCaller; interrupted: boolean };
};

/** The agent's side of the practice, kept by the very stores a call uses. */
export type AgentSide = () => { events: readonly ScriptEvent[]; state: ScriptState; library: ScriptLibrary; usage: PromptUsage } | undefined;

export type PractiseStore = StoreApi<PractiseState> & {
  actions: {
    load(): Promise<void>;
    begin(caller: PracticeCaller): string;
    /** The script moved; `forward` when the call got further. */
    moved(state: ScriptState, library: ScriptLibrary, forward: boolean): void;
    /** Anything else the agent did or typed. */
    acted(): void;
    note(text: string): void;
    tick(): void;
    pause(): void;
    /** Ends the practice with its review. `interrupted`: a real call came. */
    end(interrupted: boolean, language: string): void;
    choose(): void;
    erase(id?: string): Promise<void>;
  };
};

const RUNS = 100;

/** Practice of this desk. What is kept of it goes to the records of the agent and nowhere else. */
export function createPractiseStore(client: Client, side: AgentSide, now: () => number = Date.now, newId: () => string = () => crypto.randomUUID()): PractiseStore {
  const store = createStore<PractiseState>(() => ({ runs: [], stage: { kind: 'choosing' } }));
  type Talking = Extract<PractiseState['stage'], { kind: 'talking' }>;
  const talking = (): Talking | undefined => {
    const { stage } = store.getState();
    return stage.kind === 'talking' ? stage : undefined;
  };
  const change = (patch: Partial<Talking>): void => {
    const stage = talking();
    if (stage !== undefined) store.setState({ stage: { ...stage, ...patch } });
  };
  const load = async (): Promise<void> => {
    const runs = await client.call('practise.runs', { limit: RUNS }).catch(() => undefined);
    if (runs !== undefined) store.setState({ runs });
  };

  return Object.assign(store, {
    actions: {
      load,
      begin: (caller: PracticeCaller) => {
        const id = `practice-${newId().toLowerCase()}`;
        const at = now();
        store.setState({ stage: { kind: 'talking', id, caller, startedAt: at, conversation: openConversation(caller, at), notes: '', pausedAt: undefined } });
        return id;
      },
      moved: (state: ScriptState, library: ScriptLibrary, forward: boolean) => {
        const stage = talking();
        if (stage !== undefined) change({ conversation: afterMove(stage.conversation, stage.caller, state, library, now(), forward) });
      },
      acted: () => {
        const stage = talking();
        if (stage !== undefined && stage.pausedAt === undefined) change({ conversation: heardAgent(stage.conversation, now()) });
      },
      note: (notes: string) => {
        const stage = talking();
        if (stage !== undefined) change({ notes, conversation: heardAgent(stage.conversation, now()) });
      },
      tick: () => {
        const stage = talking();
        if (stage === undefined || stage.pausedAt !== undefined) return;
        const conversation = afterSilence(stage.conversation, stage.caller, now());
        if (conversation !== stage.conversation) change({ conversation });
      },
      pause: () => {
        const stage = talking();
        if (stage === undefined) return;
        if (stage.pausedAt === undefined) change({ pausedAt: now() });
        else change({ pausedAt: undefined, conversation: resumeClock(stage.conversation, stage.pausedAt, now()) });
      },
      end: (interrupted: boolean, language: string) => {
        const stage = talking();
        const agent = side();
        if (stage === undefined) return;
        if (agent === undefined || agent.state.core === null) {
          store.setState({ stage: { kind: 'choosing' } });
          return;
        }
        const review = reviewPractice({ caller: stage.caller, conversation: stage.conversation, notes: stage.notes, ...agent }, language);
        const run: PracticeRun = { id: stage.id, caller: stage.caller.id, script: stage.caller.script, startedAt: stage.startedAt, endedAt: now(), review };
        store.setState({ stage: { kind: 'review', run, caller: stage.caller, interrupted }, runs: [run, ...store.getState().runs] });
        const save = (): void => void client.call('practise.save', run).catch(() => setTimeout(save, 2_000));
        save();
      },
      choose: () => store.setState({ stage: { kind: 'choosing' } }),
      erase: async (id?: string) => {
        await client.call('practise.erase', id === undefined ? {} : { id });
        store.setState({ stage: { kind: 'choosing' } });
        await load();
      },
    },
  });
}
