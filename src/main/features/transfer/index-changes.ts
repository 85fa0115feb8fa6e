import { toSearchDoc, type BulkSession, type SearchIndex } from '#main/features/search/index.ts';
import type { PackLine } from '#shared/domain/knowledge.ts';
import type { SearchDoc } from '#shared/domain/search/schema.ts';

/** Changes up to this many are put into the index one by one; more make a segment of their own. */
const FEW = 1_000;
/** Records handed to the index together. */
const BATCH = 500;

export type IndexChanges = { put(line: PackLine): void; finish(): Generator<void>; abort(): void };

/** Gathers changed records for the index: a handful go in one by one, a catalogue is built as a whole. */
export function createIndexChanges(index: SearchIndex): IndexChanges {
  let waiting: SearchDoc[] = [];
  let bulk: BulkSession | undefined;
  return {
    put(line) {
      const doc = toSearchDoc(line);
      if (doc !== undefined) waiting.push(doc);
      if (waiting.length < (bulk === undefined ? FEW : BATCH)) return;
      bulk ??= index.begin();
      bulk.add(waiting);
      waiting = [];
    },
    *finish() {
      if (bulk === undefined) {
        if (waiting.length > 0) index.apply({ put: waiting });
        return;
      }
      bulk.add(waiting);
      yield* bulk.commitSteps();
    },
    abort: () => bulk?.abort(),
  };
}
