import { toSearchDoc, type BulkSession, type SearchIndex } from '#main/features/search/index.ts';
import type { KnowledgeKind, PackLine } from '#shared/domain/knowledge.ts';
import type { SearchDoc, SearchKind } from '#shared/domain/search/schema.ts';

/** Changes up to this many are put into the index one by one; more make a segment of their own. */
const FEW = 1_000;
const BATCH = 500;
const SEARCHED: ReadonlySet<string> = new Set(['product', 'script', 'article', 'prompt', 'announcement']);

export type IndexChanges = {
  put(line: PackLine): void;
  remove(kind: KnowledgeKind, key: string): void;
  /** Writes what is left, in steps, inside the caller's transaction. */
  finish(): Generator<void>;
  abort(): void;
};

/** Gathers what a release changes for the search index: a handful goes in one by one, a whole base is built at once. */
export function createIndexChanges(index: SearchIndex, synonyms: () => readonly (readonly string[])[]): IndexChanges {
  let waiting: SearchDoc[] = [];
  const gone: { kind: SearchKind; key: string }[] = [];
  let bulk: BulkSession | undefined;
  let words = false;
  return {
    put(line) {
      if (line.kind === 'synonyms') words = true;
      const doc = toSearchDoc(line);
      if (doc !== undefined) waiting.push(doc);
      if (waiting.length < (bulk === undefined ? FEW : BATCH)) return;
      bulk ??= index.begin();
      bulk.add(waiting);
      waiting = [];
    },
    remove(kind, key) {
      if (kind === 'synonyms') words = true;
      if (SEARCHED.has(kind)) gone.push({ kind: kind as SearchKind, key });
    },
    *finish() {
      if (bulk === undefined) {
        if (waiting.length > 0 || gone.length > 0) index.apply({ put: waiting, remove: gone });
      } else {
        bulk.add(waiting);
        yield* bulk.commitSteps();
        if (gone.length > 0) index.apply({ remove: gone });
      }
      if (words) index.setSynonyms(synonyms());
    },
    abort: () => bulk?.abort(),
  };
}
