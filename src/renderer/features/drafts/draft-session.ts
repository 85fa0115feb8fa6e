import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { Draft, Unfinished } from '#shared/domain/authoring/draft.ts';
import type { DraftAction } from '#shared/domain/authoring/transitions.ts';
import type { WorkshopReason } from '#shared/ipc/authoring.ts';

/** A pause in typing this long sends what was typed (ms); while typing goes on, the longest wait. */
const PAUSE_MS = 300;
const LONGEST_MS = 1_500;
/** After a failed save it is tried again (ms). */
const AGAIN_MS = 2_000;

export type SessionState =
  | { kind: 'loading' }
  | { kind: 'gone' }
  | {
      kind: 'open';
      draft: Draft;
      /** What is on the screen; ahead of `draft.record` while a save is under way. */
      record: Unfinished;
      saving: 'saved' | 'saving' | 'unsaved';
      savedAt: number;
      /** The last thing that could not be done, until the next one is. */
      problem: WorkshopReason | undefined;
    };

export type DraftSession = StoreApi<SessionState> & {
  actions: {
    load(): Promise<void>;
    /** A new state of the record. `group` joins keystrokes of one field into one undo step. */
    change(record: Unfinished, group?: string): void;
    /** Sends what is not saved yet; true when everything is. */
    flush(): Promise<boolean>;
    undo(): Promise<void>;
    redo(): Promise<void>;
    act(action: DraftAction): Promise<boolean>;
    resolve(liveVer: number, record: Unfinished): Promise<boolean>;
    /** Takes what another window stored, and lets go of what was typed here. */
    reload(): Promise<void>;
    close(): void;
  };
};

/** One draft on the screen. Everything typed is sent by itself; an answer means that it is on the disk. */
export function createDraftSession(client: Client, id: string, now: () => number = Date.now): DraftSession {
  const store = createStore<SessionState>(() => ({ kind: 'loading' }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitingSince = 0;
  let group: string | undefined;
  let sending: Promise<boolean> | undefined;

  const open = (): Extract<SessionState, { kind: 'open' }> | undefined => {
    const state = store.getState();
    return state.kind === 'open' ? state : undefined;
  };
  const show = (draft: Draft, problem?: WorkshopReason): void => store.setState({ kind: 'open', draft, record: draft.record, saving: 'saved', savedAt: draft.updatedAt, problem }, true);

  const load = async (): Promise<void> => {
    const { draft } = await client.call('authoring.get', { id });
    if (draft === null) store.setState({ kind: 'gone' }, true);
    else if (open()?.saving !== 'unsaved') show(draft);
  };

  const send = async (): Promise<boolean> => {
    for (let state = open(); state !== undefined && state.record !== state.draft.record; state = open()) {
      const { record } = state;
      store.setState({ ...state, saving: 'saving' });
      const named = group;
      group = undefined;
      try {
        const reply = await client.call('authoring.save', { id, rev: state.draft.rev, record, ...(named === undefined ? {} : { group: named }) });
        const after = open();
        if (after === undefined) return false;
        if (!reply.ok) {
          store.setState({ ...after, saving: 'unsaved', problem: reply.reason });
          return false;
        }
        const { rev, updatedAt, key, canUndo, canRedo } = reply;
        const draft: Draft = { ...after.draft, record, rev, updatedAt, key, canUndo, canRedo };
        store.setState({ ...after, draft, saving: after.record === record ? 'saved' : 'saving', savedAt: updatedAt, problem: undefined });
      } catch {
        // The process behind it is coming back, or the disk is full: what was typed stays here and is sent again.
        const after = open();
        if (after !== undefined) store.setState({ ...after, saving: 'unsaved' });
        timer = setTimeout(() => void flush(), AGAIN_MS);
        return false;
      }
    }
    return true;
  };
  const flush = async (): Promise<boolean> => {
    clearTimeout(timer);
    if (sending !== undefined) await sending;
    sending = send();
    try {
      return await sending;
    } finally {
      sending = undefined;
      waitingSince = 0;
    }
  };

  const step = async (route: 'authoring.undo' | 'authoring.redo'): Promise<void> => {
    if (!(await flush())) return;
    const state = open();
    if (state === undefined) return;
    const reply = await client.call(route, { id, rev: state.draft.rev });
    if (reply.ok) show(reply.draft);
    else store.setState({ ...state, problem: reply.reason });
  };

  return Object.assign(store, {
    actions: {
      load,
      change: (record: Unfinished, named?: string) => {
        const state = open();
        if (state === undefined || state.draft.state !== 'draft') return;
        // Another field: what was typed in the one before is a step of its own.
        if (group !== undefined && named !== group && state.record !== state.draft.record) void flush();
        group = named;
        store.setState({ ...state, record, saving: 'saving' });
        if (waitingSince === 0) waitingSince = now();
        clearTimeout(timer);
        timer = setTimeout(() => void flush(), Math.max(0, Math.min(PAUSE_MS, waitingSince + LONGEST_MS - now())));
      },
      flush,
      undo: () => step('authoring.undo'),
      redo: () => step('authoring.redo'),
      act: async (action: DraftAction) => {
        if (!(await flush())) return false;
        const state = open();
        if (state === undefined) return false;
        const reply = await client.call('authoring.act', { id, rev: state.draft.rev, action });
        if (reply.ok) show(reply.draft);
        else show(reply.draft ?? state.draft, reply.reason);
        return reply.ok;
      },
      resolve: async (liveVer: number, record: Unfinished) => {
        const state = open();
        if (state === undefined) return false;
        const reply = await client.call('authoring.resolve', { id, rev: state.draft.rev, liveVer, record });
        if (reply.ok) show(reply.draft);
        else show(reply.draft ?? state.draft, reply.reason);
        return reply.ok;
      },
      reload: async () => {
        store.setState({ kind: 'loading' }, true);
        await load();
      },
      close: () => {
        void flush();
      },
    },
  });
}
