import { createSuggester, type Suggester } from '#main/features/suggest/engine/suggester.ts';
import type { Suggestible } from '#main/features/suggest/engine/types.ts';
import { keptText } from '#shared/domain/suggest/words.ts';
import type { SuggestionView } from '#shared/ipc/suggest.ts';
import type { ExampleStore, SuggestExample } from './suggest-examples.ts';
import { createTriggers, type TriggerSet } from './suggest-triggers.ts';

/** What the knowledge process sends: everything suggestions can point to, in words. */
export type SuggestKnowledge = { scripts: readonly Suggestible[]; articles: readonly Suggestible[]; prompts: readonly TriggerSet[] };
/** Route of that message between the processes; not part of what pages may call. */
export const SUGGEST_KNOWLEDGE = 'suggest.internal-knowledge';

const EACH = 3;
/** Learned again at the start in steps of this many examples, so that a note never waits for it. */
const STEP = 10;

export type SuggestServiceDeps = { store: ExampleStore; defer: (run: () => void) => void };

/** Suggestions of this desk: seeded from its knowledge, learned from its own calls, all of it in records.db. */
export function createSuggestService({ store, defer }: SuggestServiceDeps) {
  let scripts: Suggester | undefined;
  let articles: Suggester | undefined;
  let titles = new Map<string, string>();
  let triggers = createTriggers([]);
  let generation = 0;

  const learn = (suggester: Suggester, { callId, script, words, source }: Pick<SuggestExample, 'callId' | 'script' | 'words' | 'source'>): void =>
    void suggester.learn(words, script, { source, exampleId: callId });

  /** Newest last, so that what an agent did lately weighs as it should. */
  const relearn = (suggester: Suggester): void => {
    generation += 1;
    const mine = generation;
    const waiting = store.newest().reverse();
    const step = (): void => {
      if (mine !== generation) return;
      for (const example of waiting.splice(0, STEP)) learn(suggester, example);
      if (waiting.length > 0) defer(step);
    };
    defer(step);
  };

  const build = (list: readonly Suggestible[]): Suggester => {
    const suggester = createSuggester({ scripts: list });
    relearn(suggester);
    return suggester;
  };
  let known: readonly Suggestible[] = [];

  return {
    setKnowledge: (knowledge: SuggestKnowledge): void => {
      known = knowledge.scripts;
      titles = new Map([...knowledge.scripts, ...knowledge.articles].map(({ id, title }) => [id, title]));
      triggers = createTriggers(knowledge.prompts);
      if (scripts === undefined) scripts = build(known);
      else scripts.setScripts(known);
      if (articles === undefined) articles = createSuggester({ scripts: knowledge.articles });
      else articles.setScripts(knowledge.articles);
    },
    query: (text: string): { items: SuggestionView[] } => {
      const from = (kind: 'script' | 'article', suggester: Suggester | undefined): SuggestionView[] => {
        const found = suggester?.suggest(text, { limit: EACH });
        if (found === undefined || found.none) return [];
        return found.items.map(({ id, because }) => ({ kind, id, title: titles.get(id) ?? id, because: because.slice(0, 4) }));
      };
      const prompts = triggers(text, EACH).map(({ set, phrase }): SuggestionView => ({ kind: 'prompt', id: set.id, title: set.title, because: [phrase], situation: set.situation }));
      return { items: [...from('script', scripts), ...prompts, ...from('article', articles)] };
    },
    learn: (commandId: string, input: { text: string; script: string | null; source: SuggestExample['source']; callId: string }): void => {
      const example = { callId: input.callId, script: input.script, words: keptText(input.text), source: input.source };
      if (example.words === '') return;
      store.put(commandId, example);
      if (scripts !== undefined) learn(scripts, example);
    },
    forget: (commandId: string, callId: string): boolean => {
      scripts?.unlearn(callId);
      return store.remove(commandId, callId);
    },
    export: (): string => store.newest().map(({ script, words, source, at }) => JSON.stringify({ script, words, source, day: new Date(at).toISOString().slice(0, 10) })).join('\n'),
    erase: (commandId: string): void => {
      store.clear(commandId);
      generation += 1;
      if (scripts !== undefined) scripts = build(known);
    },
    /** Erasing calls or everything changed what is stored: the model is built from it again. */
    rebuild: (): void => {
      if (scripts !== undefined) scripts = build(known);
    },
  };
}
export type SuggestService = ReturnType<typeof createSuggestService>;
