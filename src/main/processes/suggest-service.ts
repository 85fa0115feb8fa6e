import type { Eraser } from '#main/db/erase.ts';
import { createSuggester, type Suggester } from '#main/features/suggest/engine/suggester.ts';
import type { Suggestible } from '#main/features/suggest/engine/types.ts';
import { keptText } from '#shared/domain/suggest/words.ts';
import type { AppContract } from '#shared/ipc/contract.ts';
import type { OutputOf } from '#shared/ipc/define.ts';
import type { SuggestionView } from '#shared/ipc/suggest.ts';
import type { ExampleStore, SuggestExample } from './suggest-examples.ts';
import { createReasons, type Reasons } from './suggest-because.ts';
import { createTriggers, type TriggerSet } from './suggest-triggers.ts';

/** What the knowledge process sends: everything suggestions can point to, in words. */
export type SuggestKnowledge = { scripts: readonly Suggestible[]; articles: readonly Suggestible[]; prompts: readonly TriggerSet[] };
/** Route of that message between the processes; not part of what pages may call. */
export const SUGGEST_KNOWLEDGE = 'suggest.internal-knowledge';

const EACH = 3;
/** Learned again at the start in steps of this many examples, so that a note never waits for it. */
const STEP = 10;

export type SuggestServiceDeps = { store: ExampleStore; erase: Eraser['erase']; defer: (run: () => void) => void };

/** One kind of record with its suggester, filled a record at a time so that a note never waits for it. */
function createKind(defer: (run: () => void) => void, fewestReasons: number) {
  let suggester: Suggester | undefined;
  let reasons: Reasons = createReasons();
  let records: readonly Suggestible[] = [];
  let ready = false;
  let generation = 0;
  return {
    /** Makes the list this one. Answers stay empty until all of it is in; `onReady` then learns what is stored. */
    set: (next: readonly Suggestible[], fresh: boolean, onReady: () => void): void => {
      generation += 1;
      const mine = generation;
      records = next;
      reasons = createReasons();
      const explained = reasons;
      let described = 0;
      if (fresh || suggester === undefined) {
        suggester = createSuggester({ scripts: [] });
        ready = false;
      }
      const target = suggester;
      let count = ready ? next.length : 0;
      const step = (): void => {
        if (mine !== generation) return;
        count = Math.min(count + 1, next.length);
        target.setScripts(next.slice(0, count));
        const record = next[described];
        described += 1;
        if (record !== undefined) explained.add(record);
        if (described < next.length) defer(step);
        else {
          ready = true;
          onReady();
        }
      };
      defer(step);
    },
    records: () => records,
    ready: () => ready,
    ask: (text: string): { id: string; because: string[] }[] => {
      const found = ready ? suggester?.suggest(text, { limit: EACH }) : undefined;
      if (found === undefined || found.none) return [];
      const items = found.items.map(({ id, because }) => ({ id, because: because.length > 0 ? because.slice(0, 4) : reasons.because(text, id) }));
      return items.filter((item) => item.because.length >= fewestReasons);
    },
    learn: ({ callId, script, words, source }: Pick<SuggestExample, 'callId' | 'script' | 'words' | 'source'>): void => {
      if (script !== null) reasons.learn(words, script);
      suggester?.learn(words, script, { source, exampleId: callId });
    },
    unlearn: (callId: string): void => void suggester?.unlearn(callId),
    generation: () => generation,
  };
}

/** Suggestions of this desk: seeded from its knowledge, learned from its own calls, all of it in records.db. */
export function createSuggestService({ store, erase, defer }: SuggestServiceDeps) {
  const scripts = createKind(defer, 1);
  // Long texts share a word with nearly everything: one is not reason enough.
  const articles = createKind(defer, 2);
  let titles = new Map<string, string>();
  let triggers = createTriggers([]);

  /** Newest last, so that what an agent did lately weighs as it should. */
  const relearn = (): void => {
    const mine = scripts.generation();
    const waiting = store.newest().reverse();
    const step = (): void => {
      if (mine !== scripts.generation()) return;
      for (const example of waiting.splice(0, STEP)) scripts.learn(example);
      if (waiting.length > 0) defer(step);
    };
    defer(step);
  };
  const rebuild = (): void => scripts.set(scripts.records(), true, relearn);

  return {
    setKnowledge: (knowledge: SuggestKnowledge): void => {
      titles = new Map([...knowledge.scripts, ...knowledge.articles].map(({ id, title }) => [id, title]));
      triggers = createTriggers(knowledge.prompts);
      const first = scripts.records().length === 0;
      scripts.set(knowledge.scripts, first, () => {
        if (first) relearn();
        articles.set(knowledge.articles, first, () => undefined);
      });
    },
    query: (text: string): { items: SuggestionView[]; ready: boolean } => {
      const from = (kind: 'script' | 'article', source: typeof scripts): SuggestionView[] => source.ask(text).map(({ id, because }) => ({ kind, id, title: titles.get(id) ?? id, because }));
      const prompts = triggers(text, EACH).map(({ set, phrase }): SuggestionView => ({ kind: 'prompt', id: set.id, title: set.title, because: [phrase], situation: set.situation }));
      return { items: [...from('script', scripts), ...prompts, ...from('article', articles)], ready: scripts.ready() };
    },
    learn: (commandId: string, input: { text: string; script: string | null; source: SuggestExample['source']; callId: string }): void => {
      const example = { callId: input.callId, script: input.script, words: keptText(input.text), source: input.source };
      if (example.words === '') return;
      store.put(commandId, example);
      scripts.learn(example);
    },
    forget: (commandId: string, callId: string): boolean => {
      scripts.unlearn(callId);
      return store.remove(commandId, callId);
    },
    memory: (from: number, count: number): OutputOf<AppContract, 'suggest.memory'> => {
      const { calls, scripts: known, since, examples } = store.page(from, count);
      const shown = examples.map((example) => ({ ...example, title: example.script === null ? '' : (titles.get(example.script) ?? example.script) }));
      return { calls, scripts: known, ...(since === null ? {} : { since }), examples: shown };
    },
    export: (): string => store.newest().map(({ script, words, source, at }) => JSON.stringify({ script, words, source, day: new Date(at).toISOString().slice(0, 10) })).join('\n'),
    /** Takes everything learned out of the records, every backup among them. */
    erase: (commandId: string): { complete: boolean; left: number } => {
      const { complete, left } = erase(commandId, store.things());
      rebuild();
      return { complete, left };
    },
    /** Erasing calls or everything changed what is stored: the model is built from it again. */
    rebuild,
  };
}
export type SuggestService = ReturnType<typeof createSuggestService>;
