import type { Database } from 'better-sqlite3';
import type { SearchAnswer, SearchDoc, SearchKind, SearchQuery } from '#shared/domain/search/schema.ts';
import { type BulkOptions, type BulkSession, createBulkSession } from './bulk.ts';
import { createChunkStore, type PackedChunk, SearchDamageError } from './chunk-store.ts';
import { createIndexState } from './index-state.ts';
import { type IntegrityReport, checkIntegrity } from './integrity.ts';
import { findKey } from './keys.ts';
import { maintainIndex } from './maintain.ts';
import { copySegment } from './merge.ts';
import { createPicks } from './picks.ts';
import { practiceQueries } from './practise.ts';
import { synonymIndex } from './phrases.ts';
import { createSearcher } from './searcher.ts';
import { type Segment, warmSegment } from './segment.ts';
import { SegmentBuilder } from './segment-builder.ts';
import { writeSegment } from './segment-writer.ts';
import { PART, type Part } from './tables.ts';

export { createSearchTables } from './tables.ts';
export { toSearchDoc } from './to-search-doc.ts';
export type { BulkSession } from './bulk.ts';
export type { IntegrityReport } from './integrity.ts';

export type SearchChange = { put?: readonly SearchDoc[]; remove?: readonly { kind: SearchKind; key: string }[] };

export type SearchStats = { docs: number; gone: number; segments: number; terms: number; cachedBytes: number; /** Segments found damaged since the index was opened. */ damaged: number; /** The index has another layout and answers nothing until it is rebuilt. */ outdated: boolean };

/** The search index of one knowledge.db. All calls are synchronous; one connection writes. */
export type SearchIndex = {
  /**
   * Never throws for any text. What is found damaged is left out: the whole segment from then on when nothing can be
   * read without it, else only where the damaged chunk is needed. Such an answer is not `complete`, and
   * `stats().damaged` asks for a rebuild.
   */
  query(query: SearchQuery): SearchAnswer;
  /** Adds, replaces and removes documents, inside the caller's transaction if there is one. Damaged segments are passed over: the rebuild they need reads the records. */
  apply(changes: SearchChange): void;
  /** Starts a build of many documents that becomes visible at its commit. */
  begin(options?: BulkOptions): BulkSession;
  /** Words that mean the same, from supervisors' lists; replaces the lists before. */
  setSynonyms(lists: readonly (readonly string[])[]): void;
  recordPick(kind: SearchKind, key: string): void;
  resetPicks(): void;
  /** Loads what searches need, in steps, so that the first answer of a shift, and after an import, is as quick as the rest. */
  warm(): Generator<void>;
  /** Joins small segments and deletes retired ones. Each step is some ten ms; run it when idle. */
  maintain(): Generator<void>;
  integrityCheck(): IntegrityReport;
  /** The same in steps of some ms. */
  checkSteps(): Generator<void, IntegrityReport>;
  /** Builds the index again from the records, in steps; the old one answers meanwhile. */
  rebuild(docs: Iterable<SearchDoc>): Generator<void>;
  stats(): SearchStats;
};

export type SearchIndexOptions = {
  /** Connection to knowledge.db on which `createSearchTables` has run. */
  db: Database;
  /** UTC epoch ms. */
  clock: () => number;
  /** Bytes of posting lists and stored documents kept in memory. Default 48 MB. */
  cacheBytes?: number;
  /** Answer from the snapshot in hand until `warm()` has loaded what another connection published. */
  patient?: boolean;
};

/** Documents in the smallest segment, which every single change rewrites, and in the next ones. */
const TIERS = [24, 192, 1_536] as const;

/** Opens the index. Reads nothing but the list of segments. */
export function openSearchIndex(options: SearchIndexOptions): SearchIndex {
  const { db, clock } = options;
  const store = createChunkStore(db, options.cacheBytes ?? 48 * 1_048_576);
  const state = createIndexState(db, store);
  const picks = createPicks(db, clock);
  const searcher = createSearcher();
  const building = new Set<number>();
  const damaged = new Set<number>();
  /** Those of the damaged that answer nothing. */
  const useless = new Set<number>();
  let practised = false;
  let synonyms = new Map<string, string[][]>();
  let synonymSource: readonly (readonly string[])[] = [];

  const write = (work: () => void): void => {
    if (db.inTransaction) work();
    else db.transaction(work).immediate();
  };

  /** Writes what `fill` puts in a builder as a new live segment; nothing when it stays empty. `young`: the next change rewrites it. */
  function* newSegment(fill: (builder: SegmentBuilder) => Generator<void>, retired: readonly Segment[], young: boolean): Generator<void> {
    const id = state.reserve();
    // The number may be that of a write that was undone.
    store.forget(id);
    building.add(id);
    const packed: PackedChunk[] = [];
    const put = (part: Part, chunk: number, data: Uint8Array): void => {
      if (young) packed.push({ part, chunk, data: Uint8Array.prototype.slice.call(data) });
      else store.write(id, part, chunk, data);
    };
    const builder = new SegmentBuilder((block, data) => put(PART.stored, block, data));
    yield* fill(builder);
    builder.flushStored();
    const meta = yield* writeSegment(builder.draft, put);
    if (young) store.writePacked(id, packed);
    building.delete(id);
    state.retire(retired.map((segment) => segment.id));
    if (meta.docs > 0) state.publish(id, meta);
  }

  /** Documents removed while a rebuild reads the records, which may have read them before. */
  const removedMeanwhile = new Set<Map<string, { kind: SearchKind; key: string }>>();

  const apply = ({ put = [], remove = [] }: SearchChange): void => {
    for (const removed of removedMeanwhile) {
      for (const { kind, key } of remove) removed.set(`${kind}\u0000${key}`, { kind, key });
      for (const { kind, key } of put) removed.delete(`${kind}\u0000${key}`);
    }
    const passedOver = new Set<Segment>();
    for (;;) {
      try {
        // Within a caller's transaction a savepoint: what failed half-way is undone before it is tried again.
        db.transaction(() => applyOnce(put, remove)).immediate();
        return;
      } catch (error) {
        const broken = brokenBy(error);
        state.forget();
        if (broken === undefined || passedOver.has(broken)) throw error;
        passedOver.add(broken);
      }
    }
  };

  /** Notes the segment that an error says is damaged; undefined when the error says something else. */
  const brokenBy = (error: unknown): Segment | undefined => {
    if (!(error instanceof SearchDamageError)) return undefined;
    const broken = state.segments().find((segment) => segment.id === error.segment);
    if (broken === undefined) return undefined;
    damaged.add(broken.meta.uid);
    if (error.whole) useless.add(broken.meta.uid);
    return broken;
  };

  /** The document with this key; what cannot be read is left to the rebuild. */
  const keptIn = (segment: Segment, kind: SearchKind, key: string): number | undefined => {
    try {
      return findKey(segment, kind, key);
    } catch (error) {
      if (brokenBy(error) === undefined) throw error;
      return undefined;
    }
  };

  const applyOnce = (put: readonly SearchDoc[], remove: NonNullable<SearchChange['remove']>): void => {
    state.refresh();
    const latest = new Map(put.map((doc) => [`${doc.kind}\u0000${doc.key}`, doc]));
    for (const { kind, key } of [...remove, ...latest.values()]) {
      for (const segment of state.segments()) {
        const doc = keptIn(segment, kind, key);
        if (doc !== undefined) state.markGone(segment, [doc]);
      }
    }
    if (latest.size > 0) {
      const joined = smallSegments(state.segments().filter((segment) => !damaged.has(segment.meta.uid)), latest.size);
      for (const _ of newSegment(function* (builder) {
        for (const segment of joined) yield* copySegment(segment, builder);
        for (const doc of latest.values()) builder.add(doc);
      }, joined, latest.size + joined.reduce((sum, { docs }) => sum + docs, 0) <= TIERS[0])) continue;
      while (latest.size < TIERS[0] && state.sweep(building)) continue;
    }
    state.stamp();
  };

  const view = (): Parameters<typeof searcher.search>[1] => {
    state.refresh(options.patient);
    if (synonymSource !== state.synonyms()) {
      synonymSource = state.synonyms();
      synonyms = synonymIndex(synonymSource);
    }
    return { segments: state.segments().filter((segment) => !useless.has(segment.meta.uid)), synonyms, priors: (segment) => picks.priors(segment) };
  };

  /** Answers from the segments that can be read. */
  const query = (asked: SearchQuery): SearchAnswer => {
    const seen = view();
    let { segments } = seen;
    for (;;) {
      try {
        const answer = searcher.search(asked, { ...seen, segments }, clock());
        return state.segments().length === segments.length && !state.outdated() ? answer : { ...answer, complete: false };
      } catch (error) {
        const broken = brokenBy(error);
        if (broken === undefined || !segments.includes(broken)) throw error;
        segments = segments.filter((segment) => segment !== broken);
      }
    }
  };

  return {
    query,
    apply,
    begin: (bulk = {}) => createBulkSession({ store, state, open: building, write }, bulk),
    setSynonyms(lists) {
      write(() => {
        state.refresh();
        state.setSynonyms(lists);
        state.stamp();
      });
    },
    recordPick: (kind, key) => picks.record(kind, key, clock()),
    resetPicks: () => picks.reset(),
    *warm() {
      state.refresh(true);
      for (const segment of [...state.segments(), ...state.coming()]) yield* warmSegment(segment);
      state.refresh(true);
      if (practised) return;
      const [largest] = [...view().segments].sort((a, b) => b.docs - a.docs);
      for (const text of largest === undefined ? [] : practiceQueries(largest)) {
        practised = true;
        query({ text, limit: 10 });
        yield;
      }
    },
    maintain: () => maintainIndex({ store, state, building, write }),
    integrityCheck() {
      const steps = this.checkSteps();
      for (;;) {
        const step = steps.next();
        if (step.done === true) return step.value;
      }
    },
    *checkSteps() {
      state.refresh();
      return yield* checkIntegrity(db, state.segments());
    },
    *rebuild(docs) {
      const removed = new Map<string, { kind: SearchKind; key: string }>();
      removedMeanwhile.add(removed);
      const session = createBulkSession({ store, state, open: building, write }, { replaceAll: true });
      let batch: SearchDoc[] = [];
      for (const doc of docs) {
        batch.push(doc);
        if (batch.length < 500) continue;
        session.add(batch);
        batch = [];
        yield;
      }
      session.add(batch);
      yield* session.commitSteps();
      removedMeanwhile.delete(removed);
      if (removed.size > 0) apply({ remove: [...removed.values()] });
    },
    stats() {
      state.refresh();
      const segments = state.segments();
      const sum = (of: (segment: Segment) => number): number => segments.reduce((total, segment) => total + of(segment), 0);
      return { docs: sum((s) => s.docs - s.goneCount), gone: sum((s) => s.goneCount), segments: segments.length, terms: sum((s) => s.meta.terms), cachedBytes: store.cachedBytes(), damaged: segments.filter((s) => damaged.has(s.meta.uid)).length, outdated: state.outdated() };
    },
  };
}

/** Segments below which small changes leave the joining to idle time: it would cost more than the change. */
const MANY = 12;

/** Segments small enough to be rewritten together with `added` documents. */
function smallSegments(segments: readonly Segment[], added: number): Segment[] {
  const open = segments.filter((segment) => segment.docs + added <= TIERS[0]).sort((a, b) => a.docs - b.docs);
  if (open[0] !== undefined) return [open[0]];
  if (segments.length < MANY) return [];
  let total = added;
  const out: Segment[] = [];
  for (const tier of TIERS) {
    for (const segment of segments) {
      if (out.includes(segment) || segment.docs > tier) continue;
      out.push(segment);
      total += segment.docs - segment.goneCount;
    }
    if (total <= tier) return out;
  }
  return out;
}
