import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import { maskText } from '#shared/domain/calls/masking.ts';
import type { SuggestionView } from '#shared/ipc/suggest.ts';

export type SuggestState = {
  callId: string | undefined;
  /** The line "what did the caller say?", as typed. */
  heard: string;
  /** What a transcription heard the caller say in this call, its end; card numbers masked. */
  said: string;
  items: readonly SuggestionView[];
};

export type SuggestStore = StoreApi<SuggestState> & {
  actions: {
    attach(callId: string, language: string): void;
    detach(): void;
    hear(text: string): void;
    /** The call's note as it is now; looked at only while nothing was typed or heard of the caller. */
    note(text: string): void;
    /** A script was opened or the call was wrapped up with it: what the caller said belongs to it. */
    learn(script: string, source: 'chosen' | 'accepted' | 'wrap-up'): void;
  };
};

/** Suggestions come with a pause of typing, never between two keystrokes (ms). */
const PAUSE_MS = 350;
/** A call's opening words say what it is about; a long note is looked at from its end (characters). */
const LOOKED_AT = 280;
const SHORTEST = 6;
/** Of a transcript (characters). */
const KEPT_SAID = 1_000;
/** Right after the start the desk is still reading its knowledge (ms). */
const NOT_READY_MS = 1_000;

/** Suggestions from what the caller said. Quiet: a failed or late answer shows nothing. */
export function createSuggestStore(client: Client): SuggestStore {
  const store = createStore<SuggestState>(() => ({ callId: undefined, heard: '', said: '', items: [] }));
  let language = 'en';
  let noteText = '';
  /** What the caller said when a script was first opened: the example to learn from. */
  let opening = '';
  let rank = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running = 0;

  const text = (): string => {
    const { heard, said } = store.getState();
    if (heard.trim() !== '') return heard.trim();
    return (said === '' ? noteText : said).slice(-LOOKED_AT).trim();
  };

  const ask = async (): Promise<void> => {
    const said = text();
    running += 1;
    const mine = running;
    if (said.length < SHORTEST) {
      store.setState({ items: [] });
      return;
    }
    try {
      const { items, ready } = await client.call('suggest.query', { text: said, language });
      if (mine !== running) return;
      store.setState({ items });
      if (!ready) timer = setTimeout(() => void ask(), NOT_READY_MS);
    } catch {
      if (mine === running) store.setState({ items: [] });
    }
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void ask(), PAUSE_MS);
  };
  const reset = (callId: string | undefined): void => {
    clearTimeout(timer);
    running += 1;
    noteText = '';
    opening = '';
    rank = 0;
    store.setState({ callId, heard: '', said: '', items: [] });
  };

  client.on('telephony.said', ({ callId, text: line }) => {
    const state = store.getState();
    if (callId !== state.callId) return;
    const said = `${state.said} ${maskText(line).text}`.trim().slice(-KEPT_SAID);
    store.setState({ said });
    // What the agent typed says it better; a transcript only fills the silence.
    if (state.heard.trim() === '') later();
  });

  return Object.assign(store, {
    actions: {
      attach: (callId: string, tag: string) => {
        language = tag;
        if (store.getState().callId !== callId) reset(callId);
      },
      detach: () => reset(undefined),
      hear: (heard: string) => {
        store.setState({ heard });
        later();
      },
      note: (note: string) => {
        if (note === noteText) return;
        noteText = note;
        if (store.getState().heard.trim() === '' && store.getState().said === '') later();
      },
      learn: (script: string, source: 'chosen' | 'accepted' | 'wrap-up') => {
        const { callId } = store.getState();
        const said = text();
        // A script picked before anything was said teaches nothing; the words may come later in the call.
        if (opening === '' && said.length >= SHORTEST) opening = said;
        const weight = source === 'wrap-up' ? 2 : 1;
        if (callId === undefined || opening === '' || weight < rank) return;
        rank = weight;
        void client.call('suggest.learn', { text: opening, script, source, callId }).catch(() => undefined);
      },
    },
  });
}
