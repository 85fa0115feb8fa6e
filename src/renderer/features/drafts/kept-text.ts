import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';

/** What was typed is on the disk this long after the first key that is not yet (ms). */
const PAUSE_MS = 300;
/** After a failed save or look it is tried again (ms). */
const AGAIN_MS = 2_000;

type Asks = Pick<Client, 'call'>;

/** Words that were typed and not sent yet. `ready`: those of an earlier run have been looked for. */
export type KeptText = StoreApi<{ text: string; ready: boolean }> & { set(text: string): void; flush(): void };

/** The words typed at one place, by what they are about. Nothing is written before it is known what was there. */
export function createKeptText(client: Asks, about: string): KeptText {
  const store = createStore(() => ({ text: '', ready: false }));
  let onDisk = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending = false;

  const send = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (sending || !store.getState().ready) return;
    sending = true;
    try {
      for (let { text } = store.getState(); text !== onDisk; ({ text } = store.getState())) {
        await client.call('authoring.keep-unsent', { about, text });
        onDisk = text;
      }
    } catch {
      // The process behind it is coming back, or the disk is full: the words stay here and are sent again.
      timer = setTimeout(() => void send(), AGAIN_MS);
    } finally {
      sending = false;
    }
  };
  const look = async (): Promise<void> => {
    try {
      onDisk = (await client.call('authoring.unsent', { about })).text;
    } catch {
      setTimeout(() => void look(), AGAIN_MS);
      return;
    }
    // What was typed while it was looked for comes after what was there.
    const typed = store.getState().text;
    store.setState({ text: [onDisk, typed].filter((part) => part !== '').join('\n'), ready: true });
    if (typed !== '') void send();
  };
  void look();

  return Object.assign(store, {
    set: (text: string): void => {
      store.setState({ text });
      if (text === '') void send();
      else timer ??= setTimeout(() => void send(), PAUSE_MS);
    },
    flush: () => void send(),
  });
}

const known = new WeakMap<Asks, Map<string, KeptText>>();

function keptText(client: Asks, about: string): KeptText {
  const texts = known.get(client) ?? new Map<string, KeptText>();
  known.set(client, texts);
  const text = texts.get(about) ?? createKeptText(client, about);
  texts.set(about, text);
  return text;
}

/** A text that is still there when its page or dialog is opened again, also after a crash. Emptied, it is forgotten. */
export function useKeptText(client: Asks, about: string): [text: string, set: (text: string) => void] {
  const kept = useMemo(() => keptText(client, about), [client, about]);
  const { text } = useStore(kept);
  useEffect(() => () => kept.flush(), [kept]);
  return [text, kept.set];
}
