import type { Article } from '#shared/domain/article.ts';
import { localize, type LocalText } from '#shared/domain/common.ts';
import { promptsIn } from '#shared/domain/prompts/pick.ts';
import type { PackLine } from '#shared/domain/knowledge.ts';
import type { Script } from '#shared/domain/scripts/schema.ts';
import { SUGGEST_KNOWLEDGE, type SuggestKnowledge } from './suggest-service.ts';

/** The little of a process host the feed needs. */
type Caller = { call(route: string, input: unknown, id: string): Promise<unknown> };

/** Changes of the knowledge come in bursts (a pack, an import); the feed waits for their end (ms). */
const SETTLE_MS = 1_500;

/**
 * Carries what can be suggested from the knowledge process to the records process: once the first
 * picture is painted, and after each change. A failed round is tried again with the next change.
 */
export function createSuggestFeed({ knowledge, records, language, newId, onError }: { knowledge: Caller; records: Caller; language: () => string; newId: () => string; onError: (cause: unknown) => void }) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let started = false;
  const run = async (): Promise<void> => {
    try {
      const lines = (await knowledge.call('knowledge.list', { kinds: ['script', 'article', 'prompt'] }, newId())) as PackLine[];
      await records.call(SUGGEST_KNOWLEDGE, toKnowledge(lines, language()), newId());
    } catch (cause) {
      onError(cause);
    }
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void run(), SETTLE_MS);
  };
  return {
    /** The first picture is there. */
    start: (): void => {
      if (started) return;
      started = true;
      later();
    },
    changed: (): void => {
      if (started) later();
    },
    stop: (): void => clearTimeout(timer),
  };
}

/** Records as suggestions need them: only words, in the agent's language. */
export function toKnowledge(lines: readonly PackLine[], language: string): SuggestKnowledge {
  const text = (local: LocalText | undefined): string => (local === undefined ? '' : localize(local, language));
  const script = (record: Script): SuggestKnowledge['scripts'][number] => ({
    id: record.id,
    title: text(record.title),
    description: text(record.description),
    steps: record.steps.map((step) => [step.cue, step.say, ...(step.answers ?? []).map((answer) => answer.label)].map((part) => text(part)).filter((part) => part !== '').join(' ')),
    ...(record.examples === undefined ? {} : { examples: record.examples }),
  });
  const article = (record: Article): SuggestKnowledge['articles'][number] => ({
    id: record.id, title: record.title, description: record.summary, steps: record.body.split(/\n{2,}/).slice(0, 8),
  });
  return {
    scripts: lines.flatMap((line) => (line.kind === 'script' && line.record.kind === 'call' ? [script(line.record)] : [])),
    articles: lines.flatMap((line) => (line.kind === 'article' ? [article(line.record)] : [])),
    prompts: promptsIn(lines.flatMap((line) => (line.kind === 'prompt' && (line.record.triggers?.length ?? 0) > 0 ? [line.record] : [])), language).map(({ id, title, situation, triggers = [] }) => ({ id, title, situation, triggers })),
  };
}
