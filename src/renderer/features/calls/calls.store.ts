import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { RequestOf } from '#shared/ipc/define.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { CallEvent, CallView } from '#shared/ipc/calls.ts';
import { createNoteHistory, type NoteHistory } from './note-history.ts';
import { createNoteSaver, type NoteSaver, type NoteStatus } from './note-saver.ts';

export type StartCall = Omit<RequestOf<AppContract, 'calls.start'>, 'id'>;
export type WrapUp = Omit<RequestOf<AppContract, 'calls.wrap-up'>, 'callId' | 'close'>;

export type CallsState =
  | { kind: 'loading' }
  | { kind: 'failed' }
  | { kind: 'idle' }
  | { kind: 'live'; call: CallView; waiting: CallView[]; note: string; noteStatus: NoteStatus; recovered: boolean };

export type CallsActions = {
  load(): Promise<void>;
  start(call: StartCall): Promise<CallView>;
  event(event: CallEvent): Promise<void>;
  identify(who: { number?: string; name?: string; queue?: string }): Promise<void>;
  /** Puts another open call in front; the note of the one left behind is saved first. */
  show(callId: string): Promise<void>;
  /** Takes the note after an edit, and where the caret stands while it is typed in the window. */
  type(text: string, caret?: number): void;
  /** Takes the last step of this call's note back, also one from before a restart. */
  undoNote(): Promise<void>;
  redoNote(): void;
  flushNote(): Promise<void>;
  /** Keeps what was typed in wrap-up so far; the call stays open. */
  saveWrapUp(input: WrapUp): Promise<void>;
  /** Closes the call; what the disposition still needs comes back, and the call stays open then. */
  wrapUp(input: WrapUp): Promise<readonly ('note' | 'follow-up' | 'complaint' | 'still-live')[]>;
  dismissRecovery(): void;
};

export type CallsStore = StoreApi<CallsState> & { actions: CallsActions };

/** The open calls of this desk and the note being typed. The database is the truth; this is its view. */
export function createCallsStore(client: Client): CallsStore {
  const store = createStore<CallsState>(() => ({ kind: 'loading' }));
  let saver: NoteSaver | undefined;
  let history: NoteHistory | undefined;
  let firstLoad = true;

  const patchLive = (patch: Partial<Extract<CallsState, { kind: 'live' }>>): void => {
    const state = store.getState();
    if (state.kind === 'live') store.setState({ ...state, ...patch }, true);
  };

  const attach = (call: CallView): void => {
    saver?.stop();
    let upTo = call.note.seq;
    const own = createNoteHistory({ text: call.note.text, now: Date.now, older: async () => (await client.call('calls.note-versions', { callId: call.id, upTo })).texts });
    history = own;
    saver = createNoteSaver({
      client,
      callId: call.id,
      text: call.note.text,
      seq: call.note.seq,
      savedAt: call.note.savedAt,
      onStatus: (noteStatus) => patchLive({ noteStatus }),
      onMasked: (note) => {
        // The records hold every save, masked; the steps in this window's memory still hold the number.
        upTo = Number.MAX_SAFE_INTEGER;
        own.masked(note);
        patchLive({ note });
      },
    });
  };

  const present = (calls: CallView[], preferred?: string): void => {
    const state = store.getState();
    const shown = preferred ?? (state.kind === 'live' ? state.call.id : undefined);
    const call = calls.find((one) => one.id === shown) ?? calls.find((one) => one.state !== 'ringing') ?? calls[0];
    if (call === undefined) {
      saver?.stop();
      saver = undefined;
      store.setState({ kind: 'idle' }, true);
      return;
    }
    const waiting = calls.filter((one) => one.id !== call.id);
    if (state.kind === 'live' && state.call.id === call.id) {
      // The text on screen may be ahead of the database by the words being typed: it stays.
      store.setState({ ...state, call, waiting }, true);
      return;
    }
    attach(call);
    store.setState(
      { kind: 'live', call, waiting, note: call.note.text, noteStatus: { kind: 'saved', at: call.note.savedAt }, recovered: firstLoad },
      true,
    );
  };

  const write = (note: string, caret?: number): void => {
    patchLive({ note });
    saver?.type(note, caret);
  };

  const live = (): Extract<CallsState, { kind: 'live' }> => {
    const state = store.getState();
    if (state.kind !== 'live') throw new Error('There is no call on this screen.');
    return state;
  };

  const reload = async (preferred?: string): Promise<void> => present(await client.call('calls.open', {}), preferred);

  const actions: CallsActions = {
    load: async () => {
      try {
        await reload();
      } catch {
        store.setState({ kind: 'failed' }, true);
      }
      firstLoad = false;
    },
    start: async (input) => {
      if (store.getState().kind === 'live') await saver?.flush();
      const { call } = await client.call('calls.start', { ...input, id: crypto.randomUUID() });
      await reload(store.getState().kind === 'live' ? undefined : call.id);
      return call;
    },
    event: async (event) => {
      const { call } = live();
      if (event.type === 'hang-up' || event.type === 'finish') await saver?.flush();
      await client.call('calls.event', { callId: call.id, event });
      await reload();
    },
    identify: async (who) => {
      const reply = await client.call('calls.describe', { callId: live().call.id, ...who });
      patchLive({ call: reply.call });
    },
    show: async (callId) => {
      await saver?.flush();
      await reload(callId);
    },
    type: (note, caret) => {
      history?.typed(note);
      write(note, caret);
    },
    undoNote: async () => {
      const before = await history?.undo().catch(() => undefined);
      if (before !== undefined) write(before);
    },
    redoNote: () => {
      const next = history?.redo();
      if (next !== undefined) write(next);
    },
    flushNote: async () => saver?.flush(),
    saveWrapUp: async (input) => void (await client.call('calls.wrap-up', { ...input, callId: live().call.id, close: false })),
    wrapUp: async (input) => {
      const { call } = live();
      await saver?.flush();
      const result = await client.call('calls.wrap-up', { ...input, callId: call.id, close: true });
      if (!result.ok) {
        if (result.reason === undefined) return result.missing;
        // Ended elsewhere, or live again: what is true now is shown.
        await reload();
        return result.reason === 'still-live' ? ['still-live'] : [];
      }
      saver?.stop();
      saver = undefined;
      store.setState({ kind: 'idle' }, true);
      await reload();
      return [];
    },
    dismissRecovery: () => patchLive({ recovered: false }),
  };

  // News that come while the calls are being read are answered by one more reading, not by one each.
  let reading = false;
  let again = false;
  const refresh = async (): Promise<void> => {
    again = true;
    if (reading) return;
    reading = true;
    try {
      while (again) {
        again = false;
        await reload();
      }
    } catch {
      // the records process is restarting: its return is news of its own
    } finally {
      reading = false;
    }
  };
  client.on('calls.changed', () => void refresh());
  return Object.assign(store, { actions });
}
