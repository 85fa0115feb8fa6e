import type { Database } from 'better-sqlite3';
import { type ChunkStore, SearchDamageError } from './chunk-store.ts';
import { openSegment, type Segment } from './segment.ts';
import { FORMAT, type SegmentMeta } from './tables.ts';

type SegmentRow = { id: number; docs: number; meta: string };
type StateRow = { stamp: number; format: number; synonyms: string };

/** The live segments as this connection sees them; kept in step with the tables by their stamp. */
export type IndexState = {
  /**
   * Reads again what has changed, after other connections' writes and own rollbacks alike. A patient
   * reader keeps the snapshot it has while a large new segment is still {@link coming}.
   */
  refresh(patient?: boolean): void;
  /** After a write that failed half-way: what is in memory is read again. */
  forget(): void;
  segments(): readonly Segment[];
  /** Large segments that patient readers wait for: to be warmed. */
  coming(): readonly Segment[];
  /** The index on disk has another layout: it answers nothing until it is built anew. */
  outdated(): boolean;
  synonyms(): string[][];
  /** Reserves a number for a segment that is not live yet. */
  reserve(): number;
  /** Makes a written segment live, as `opened` when that has been done already. */
  publish(id: number, meta: SegmentMeta, opened?: Segment): Segment;
  /** Takes everything out of service, segments of another layout too: what follows is a new index. */
  startAnew(): void;
  /** Takes segments out of service; `sweep` deletes their chunks later. */
  retire(ids: readonly number[]): void;
  markGone(segment: Segment, docs: readonly number[]): void;
  setSynonyms(lists: readonly (readonly string[])[]): void;
  /** Ends a write: other connections will refresh. */
  stamp(): void;
  /** Deletes chunks of one retired or unfinished segment; false when there are none left. */
  sweep(except: ReadonlySet<number>): boolean;
};

/** Documents from which on opening a segment would be felt, and how long a patient reader waits for it (ms). */
const LARGE = 20_000;
const PATIENCE = 10_000;

export function createIndexState(db: Database, store: ChunkStore): IndexState {
  db.prepare('INSERT OR IGNORE INTO search_state (id, stamp, format, synonyms) VALUES (1, 0, ?, ?)').run(FORMAT, '[]');
  const readStamp = db.prepare<[], number>('SELECT stamp FROM search_state WHERE id = 1').pluck();
  const readState = db.prepare<[], StateRow>('SELECT stamp, format, synonyms FROM search_state WHERE id = 1');
  const takeAllOut = db.prepare('UPDATE search_segment SET live = 0 WHERE live = 1');
  const writeFormat = db.prepare<[number]>('UPDATE search_state SET format = ? WHERE id = 1');
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
  let old = false;
  let awaited: { segments: Segment[]; since: number } | undefined;
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

  /** True while a large segment has not been warmed and there is a snapshot to go on with; not for ever. */
  const mustWait = (rows: readonly { id: number; docs: number; meta: SegmentMeta }[]): boolean => {
    const held = new Set(live.map((segment) => segment.meta.uid));
    const large = rows.filter((row) => row.docs >= LARGE && !held.has(row.meta.uid));
    if (live.length === 0 || large.length === 0) return false;
    const waiting = new Map(awaited?.segments.map((segment) => [segment.meta.uid, segment]));
    awaited = {
      segments: large.map((row) => waiting.get(row.meta.uid) ?? openSegment(store, row.id, row.meta, new Uint8Array(row.docs))),
      since: awaited?.since ?? performance.now(),
    };
    return awaited.segments.some((segment) => !segment.warmed) && performance.now() - awaited.since < PATIENCE;
  };

  const refresh = (patient = false): void => {
    if (readStamp.get() === seen) return;
    const state = readState.get();
    if (state === undefined) throw new SearchDamageError(0, 0, 0);
    old = state.format !== FORMAT;
    const rows = (old ? [] : readSegments.all()).map((row) => ({ ...row, meta: JSON.parse(row.meta) as SegmentMeta }));
    if (patient && mustWait(rows)) return;
    const opened = new Map([...live, ...(awaited?.segments ?? [])].map((segment) => [segment.meta.uid, segment]));
    const before = live;
    live = rows.map((row) => {
      const gone = goneOf(row.id, row.docs);
      const same = opened.get(row.meta.uid);
      if (same === undefined || same.id !== row.id) {
        store.forget(row.id);
        return openSegment(store, row.id, row.meta, gone);
      }
      same.gone.set(gone);
      same.goneCount = gone.reduce((sum, bit) => sum + bit, 0);
      return same;
    });
    awaited = undefined;
    for (const segment of before) if (!live.some((other) => other.id === segment.id)) store.forget(segment.id);
    synonymLists = JSON.parse(state.synonyms) as string[][];
    seen = state.stamp;
  };

  return {
    refresh,
    forget: () => {
      seen = -1;
    },
    segments: () => live,
    coming: () => awaited?.segments ?? [],
    outdated: () => old,
    synonyms: () => synonymLists,
    reserve: () => Number(insertSegment.run().lastInsertRowid),
    publish(id, meta, opened) {
      goLive.run(meta.docs, JSON.stringify(meta), id);
      const segment = opened ?? openSegment(store, id, meta, new Uint8Array(meta.docs));
      live = [...live, segment];
      return segment;
    },
    startAnew() {
      takeAllOut.run();
      writeFormat.run(FORMAT);
      old = false;
      live = [];
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
