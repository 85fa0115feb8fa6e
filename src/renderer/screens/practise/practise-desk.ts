import { createPractiseStore, type PractiseStore } from '#renderer/features/practise/index.ts';
import { createPromptsStore, type PromptsStore } from '#renderer/features/prompts/index.ts';
import { createScriptsStore, type ScriptsStore } from '#renderer/features/scripts/index.ts';
import type { Client } from '#renderer/ipc/client.ts';

/** Practice uses the very stores of a call: the same engine, the same words, none of it stored with any call. */
export type PractiseDesk = { store: PractiseStore; scripts: ScriptsStore; prompts: PromptsStore };

/** What practice does with scripts and words is kept only as its review. */
const nowhere: Client = { call: () => Promise.resolve({} as never), on: () => () => undefined };

export function createPractiseDesk(client: Client): PractiseDesk {
  const scripts = createScriptsStore(nowhere);
  const prompts = createPromptsStore(nowhere);
  const store = createPractiseStore(client, () => {
    const walk = scripts.getState();
    const words = prompts.getState();
    if (walk.kind !== 'open' || words.kind !== 'open') return undefined;
    return { events: scripts.actions.events(), state: walk.state, library: walk.library, usage: words.usage };
  });
  return { store, scripts, prompts };
}
