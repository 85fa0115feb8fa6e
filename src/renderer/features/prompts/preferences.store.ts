import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '#renderer/ipc/client.ts';
import type { Offer } from '#shared/domain/prompts/pick.ts';
import type { Prompt, Situation } from '#shared/domain/prompts/schema.ts';
import { DEFAULT_PREFERENCES, type PromptPreferences } from '#shared/domain/prompts/usage.ts';

/** Characters of the agent's own words for a moment: what can be said in one breath or two. */
export const LONGEST_OWN = 400;

export type PreferencesStore = StoreApi<PromptPreferences> & {
  actions: {
    load(): Promise<void>;
    toggleFavourite(offer: Offer): void;
    /** Keeps the agent's own words for a moment; false when they are empty. */
    addOwn(words: { situation: Situation; text: string; tone: 'plain' | 'formal'; language: string }): boolean;
    /** Changes the agent's own words; false when they are empty. */
    editOwn(id: string, text: string): boolean;
    removeOwn(id: string): void;
    /** Brings back what was there before something was removed. */
    restore(before: PromptPreferences): void;
    /** A favourite as it is stored: a prompt, or one wording of it (`id#0`). */
    removeFavourite(key: string): void;
  };
};

/** Favourites and own words of this desk's agent. Every change is stored at once and stays on the desk. */
export function createPreferencesStore(client: Client, newId: () => string = () => crypto.randomUUID()): PreferencesStore {
  const store = createStore<PromptPreferences>(() => DEFAULT_PREFERENCES);
  let loaded = false;
  const change = (patch: Partial<PromptPreferences>): void => {
    // What was never read must not be overwritten with what is on this screen alone.
    if (!loaded) return;
    store.setState(patch);
    void client.call('guidance.save-preferences', store.getState()).catch(() => void load());
  };
  const load = async (): Promise<void> => {
    try {
      store.setState(await client.call('guidance.preferences', {}), true);
      loaded = true;
    } catch {
      loaded = false;
    }
  };
  return Object.assign(store, {
    actions: {
      load,
      toggleFavourite: ({ prompt, phrase }: Offer) => {
        const key = `${prompt.id}#${phrase.wording}`;
        const { favourites } = store.getState();
        const on = favourites.includes(key) || favourites.includes(prompt.id);
        change({ favourites: on ? favourites.filter((one) => one !== key && one !== prompt.id) : [...favourites, key] });
      },
      addOwn: ({ situation, text, tone, language }: { situation: Situation; text: string; tone: 'plain' | 'formal'; language: string }) => {
        const words = text.trim();
        if (words === '' || !loaded) return false;
        const prompt: Prompt = { id: `own-${situation}-${newId().slice(0, 12).toLowerCase()}`, situation, title: words.slice(0, 60), tone, language, wordings: [{ text: words.slice(0, LONGEST_OWN) }] };
        change({ personal: [...store.getState().personal, prompt] });
        return true;
      },
      editOwn: (id: string, text: string) => {
        const words = text.trim();
        if (words === '' || !loaded) return false;
        change({ personal: store.getState().personal.map((prompt) => (prompt.id === id ? { ...prompt, title: words.slice(0, 60), wordings: [{ text: words.slice(0, LONGEST_OWN) }] } : prompt)) });
        return true;
      },
      restore: ({ favourites, personal }: PromptPreferences) => change({ favourites, personal }),
      removeFavourite: (key: string) => change({ favourites: store.getState().favourites.filter((one) => one !== key) }),
      removeOwn: (id: string) => change({ personal: store.getState().personal.filter((prompt) => prompt.id !== id), favourites: store.getState().favourites.filter((key) => key !== id && !key.startsWith(`${id}#`)) }),
    },
  });
}
