import type { Database } from 'better-sqlite3';
import type { NewsChange, ChangeCounts } from '#shared/domain/news/release-news.ts';
import type { PackRefusal } from '#shared/domain/packs/refusal.ts';
import type { Position } from './change-source.ts';

export type Quarantined = { channel: string; kb: string; key: string; digest: string; refusal: PackRefusal; bytes: Uint8Array; at: number };
export type StoredLive = { row: number; kind: string; key: string; ver: number; digest: string };

/** What was not taken is kept for whoever looks into it, but nobody can fill a desk's disk with it. */
const QUARANTINE_KEPT = 200;
const QUARANTINE_BYTES = 16 * 1024;

/** All SQL over live channels. Synchronous; values always bound. */
export function createLiveRepository(db: Database) {
  const cursor = db.prepare<[string, string], Position>('SELECT epoch, seq FROM live_cursor WHERE channel = ? AND name = ?');
  const putCursor = db.prepare<[string, string, string, number]>('INSERT INTO live_cursor (channel, name, epoch, seq) VALUES (?, ?, ?, ?) ON CONFLICT (channel, name) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq');
  const base = db.prepare<[string], { head: number; agreedAt: number; log: number | null }>('SELECT head, agreed_at AS agreedAt, log FROM live_base WHERE name = ?');
  const putHead = db.prepare<[string, number, number]>('INSERT INTO live_base (name, head, agreed_at) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET head = excluded.head, agreed_at = excluded.agreed_at');
  const putLog = db.prepare<[string, number | null]>('INSERT INTO live_base (name, head, agreed_at, log) VALUES (?, 0, 0, ?) ON CONFLICT (name) DO UPDATE SET log = excluded.log');
  const dropBase = db.prepare<[string]>('DELETE FROM live_base WHERE name = ?');
  const dropCursors = db.prepare<[string]>('DELETE FROM live_cursor WHERE name = ?');
  const live = db.prepare<[number], StoredLive>('SELECT id AS row, kind, key, ver, digest FROM signed_record WHERE source = ? AND deleted = 0');
  const liveRow = db.prepare<[number], StoredLive>('SELECT id AS row, kind, key, ver, digest FROM signed_record WHERE id = ? AND deleted = 0');
  const keep = db.prepare<[string, string, string, string, string, Uint8Array, number]>('INSERT INTO quarantine (channel, name, key, digest, refusal, bytes, at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name, digest) DO NOTHING');
  const trim = db.prepare<[number]>('DELETE FROM quarantine WHERE id NOT IN (SELECT id FROM quarantine ORDER BY id DESC LIMIT ?)');
  const quarantined = db.prepare<[string], { key: string; refusal: string; at: number }>('SELECT key, refusal, at FROM quarantine WHERE name = ? ORDER BY id DESC');
  const known = db.prepare<[string, string], number>('SELECT 1 FROM quarantine WHERE name = ? AND digest = ?').pluck();
  const logRow = db.prepare<[number], { release: number; counts: string }>('SELECT release, counts FROM release_log WHERE id = ?');
  const setLog = db.prepare<[number, string, number, number]>('UPDATE release_log SET release = ?, counts = ?, installed_at = ? WHERE id = ?');
  const nameLog = db.prepare<[number, string, number, number | null, number]>('UPDATE release_log SET release = ?, note = ?, published_at = ?, rollback_to = ? WHERE id = ?');
  const change = db.prepare<[number, string, string], { id: number; before: string | null; what: NewsChange['what'] }>('SELECT id, before, what FROM release_change WHERE log = ? AND kind = ? AND key = ?');
  const told = db.prepare<[number], number>('SELECT count(*) FROM release_change WHERE log = ?').pluck();
  const setChange = db.prepare<[string, string | null, string, number]>('UPDATE release_change SET title = ?, after = ?, what = ? WHERE id = ?');

  return {
    cursor: (channel: string, kb: string): Position | undefined => cursor.get(channel, kb),
    saveCursor: (channel: string, kb: string, { epoch, seq }: Position): void => void putCursor.run(channel, kb, epoch, seq),
    /** The last head this desk agreed with; 0: none yet. */
    head: (kb: string): { head: number; agreedAt: number } => base.get(kb) ?? { head: 0, agreedAt: 0 },
    saveHead: (kb: string, head: number, at: number): void => void putHead.run(kb, head, at),
    /** The entry of "What's new" that changes are added to until a head closes it. */
    openLog: (kb: string): number | undefined => base.get(kb)?.log ?? undefined,
    setOpenLog: (kb: string, log: number | undefined): void => void putLog.run(kb, log ?? null),
    forget: (kb: string): void => {
      dropBase.run(kb);
      dropCursors.run(kb);
    },
    /** Live rows of a base, for digests. */
    rows: (source: number): IterableIterator<StoredLive> => live.iterate(source),
    row: (id: number): StoredLive | undefined => liveRow.get(id),
    quarantine: ({ channel, kb, key, digest, refusal, bytes, at }: Quarantined): boolean => {
      const put = keep.run(channel, kb, key.slice(0, 400), digest, JSON.stringify(refusal), bytes.subarray(0, QUARANTINE_BYTES), at).changes > 0;
      if (put) trim.run(QUARANTINE_KEPT);
      return put;
    },
    isQuarantined: (kb: string, digest: string): boolean => known.get(kb, digest) === 1,
    quarantined: (kb: string): { key: string; refusal: PackRefusal; at: number }[] => quarantined.all(kb).map(({ refusal, ...row }) => ({ ...row, refusal: JSON.parse(refusal) as PackRefusal })),
    log: (id: number): { release: number; counts: ChangeCounts } | undefined => {
      const row = logRow.get(id);
      return row === undefined ? undefined : { release: row.release, counts: JSON.parse(row.counts) as ChangeCounts };
    },
    saveLog: (id: number, release: number, counts: ChangeCounts, at: number): void => void setLog.run(release, JSON.stringify(counts), at, id),
    /** The release an entry turned out to belong to. */
    nameLog: (id: number, release: { release: number; note: string; publishedAt: number; rollbackTo?: number }): void => void nameLog.run(release.release, release.note, release.publishedAt, release.rollbackTo ?? null, id),
    /** How many changes an entry lists. */
    told: (log: number): number => told.get(log) ?? 0,
    change: (log: number, kind: string, key: string) => change.get(log, kind, key),
    saveChange: (id: number, title: string, after: string | undefined, what: NewsChange['what']): void => void setChange.run(title, after ?? null, what, id),
  };
}
export type LiveRepository = ReturnType<typeof createLiveRepository>;
