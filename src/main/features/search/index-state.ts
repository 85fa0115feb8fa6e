import type { Database } from 'better-sqlite3';
import { type ChunkStore, SearchDamageError } from './chunk-store.ts';
import { openSegment, type Segment } from './segment.ts';
import { FORMAT, type SegmentMeta } from './tables.ts';

type SegmentRow = { id: number; docs: number; meta: string };
type StateRow = { stamp: number; synonyms: string };

/** The live segments as this connection sees them; kept in step with the tables by their stamp. */
export type IndexState = {
  /** Reads again what has changed, after other connections' writes and own rollbacks alike. */
  refresh(): void;
  segments(): readonly Segment[];
  synonyms(): string[][];
  /** Reserves a number for a segment that is not live yet. */
  reserve(): number;
  /** Makes a written segment live. */
  publish(id: number, meta: SegmentMeta): Segment;
  /** Takes segments out of service; `sweep` deletes their chunks later. */
  retire(ids: readonly number[]): void;
  markGone(segment: Segment, docs: readonly number[]): void;
  setSynonyms(lists: readonly (readonly string[])[]): void;
  /** Ends a write: other connections will refresh. */
  stamp(): void;
  /** Deletes chunks of one retired or unfinished segment; false when there are none left. */
  sweep(except: ReadonlySet<number>): boolean;
};

export function createIndexState(db: Database, store: ChunkStore): IndexState {
  db.prepare('INSERT OR IGNORE INTO search_state (id, stamp, format, synonyms) VALUES (1, 0, ?, ?)').run(FORMAT, '[]');
  const readStamp = db.prepare<[], number>('SELECT stamp FROM search_state WHERE id = 1').pluck();
  const readState = db.prepare<[], StateRow>('SELECT stamp, synonyms FROM search_state WHERE id = 1');
  const readSegments = db.prepare<[], SegmentRow>('SELECT id, docs, meta FROM search_segment WHERE live = 1 ORDER BY id');
  const readGone = db.prepare<[number], number>('SELECT doc FROM search_gone WHERE segment = ?').pluck();
  const insertSegment = db.prepare<[], void>("INSERT INTO search_segment (live, docs, meta) VALUES (0, 0, '{}')");
  const goLive = db.prepare<[number, string, number]>('UPDATE search_segment SET live = 1, docs = ?, meta = ? WHERE id = ?');
  const takeOut = db.prepare<[number]>('UPDATE search_segment SET live = 0 WHERE id = ?');
  const deleteSegment = db.prepare<[number]>('DELETE FROM search_segment WHERE id = ?');
  const deleteChunks = db.prepare<[number]>('DELETE FROM search_chunk WHERE segment = ?');
  const deleteGone = db.prepare<[number]>('DELETE FROM search_gone WHERE segment = ?');
  const insertGone = db.prepare<[number, string]>('INSERT OR IGNORE INTO search_gone (segment, doc) SELECT ?, value FROM json_each(?)');
  const writeStamp = db.prepare<[number]>('UPDATE search_state SET stamp = ? WHERE id = 1');
  const writeSynonyms = db.prepare<[string]>('UPDATE search_state SET synonyms = ? WHERE id = 1');
  const pending = db.prepare<[], number>('SELECT id FROM search_segment WHERE live = 0').pluck();
  let seen = -1;
  let live: Segment[] = [];
  let synonymLists: string[][] = [];

  const goneOf = (id: number, docs: number): Uint8Array => {
    const gone = new Uint8Array(docs);
    for (const doc of readGone.all(id)) gone[doc] = 1;
    return gone;
  };

  const remove = (id: number): void => {
    deleteSegment.run(id);
    deleteChunks.run(id);
    deleteGone.run(id);
    store.forget(id);
  };

  const refresh = (): void => {
    if (readStamp.get() === seen) return;
    const state = readState.get();
    if (state === undefined) throw new SearchDamageError(0, 0, 0);
    const known = new Map(live.map((segment) => [segment.id, segment]));
    live = readSegments.all().map((row) => {
      const gone = goneOf(row.id, row.docs);
      const old = known.get(row.id);
      known.delete(row.id);
      const meta = JSON.parse(row.meta) as SegmentMeta;
      if (old === undefined || old.meta.uid !== meta.uid) {
        store.forget(row.id);
        return openSegment(store, row.id, meta, gone);
      }
      old.gone.set(gone);
      old.goneCount = gone.reduce((sum, bit) => sum + bit, 0);
      return old;
    });
    for (const id of known.keys()) store.forget(id);
    synonymLists = JSON.parse(state.synonyms) as string[][];
    seen = state.stamp;
  };

  return {
    refresh,
    segments: () => live,
    synonyms: () => synonymLists,
    reserve: () => Number(insertSegment.run().lastInsertRowid),
    publish(id, meta) {
      goLive.run(meta.docs, JSON.stringify(meta), id);
      const segment = openSegment(store, id, meta, new Uint8Array(meta.docs));
      live = [...live, segment];
      return segment;
    },
    retire(ids) {
      for (const id of ids) takeOut.run(id);
      live = live.filter((segment) => !ids.includes(segment.id));
    },
    markGone(segment, docs) {
      const fresh = docs.filter((doc) => segment.gone[doc] === 0);
      if (fresh.length === 0) return;
      insertGone.run(segment.id, JSON.stringify(fresh));
      for (const doc of fresh) {
        segment.goneCount += 1 - (segment.gone[doc] ?? 0);
        segment.gone[doc] = 1;
      }
    },
    setSynonyms(lists) {
      synonymLists = lists.map((list) => [...list]);
      writeSynonyms.run(JSON.stringify(synonymLists));
    },
    stamp() {
      // Random, not counted: after a rollback the next write must not end at a number seen before.
      seen = Math.floor(Math.random() * 9_007_199_254_740_991);
      writeStamp.run(seen);
    },
    sweep(except) {
      const id = pending.all().find((candidate) => !except.has(candidate));
      if (id === undefined) return false;
      remove(id);
      return true;
    },
  };
}
