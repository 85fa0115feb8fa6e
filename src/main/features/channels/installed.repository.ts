import type { Database } from 'better-sqlite3';
import { sourceOfBase } from '#main/features/knowledge/index.ts';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';
import type { InstalledKb } from '#shared/domain/packs/combine.ts';
import type { ChangeCounts, NewsChange, NewsRelease } from '#shared/domain/news/release-news.ts';

/** A knowledge base as this desk has it. */
export type StoredBase = InstalledKb & { source: number; seq: number; policyDigest: string };
/** `live`: it came by itself, not with a release. */
export type SignedRow = { ver: number; digest: string; deleted: boolean; live?: boolean };
export type LogEntry = Omit<NewsRelease, 'id'> & { epoch: number };

type BaseRow = { name: string; source: number; title: string; rank: number; epoch: number; release: number; seq: number; policyDigest: string; count: number; expires: number; installedAt: number };
type LogRow = { id: number; kb: string; title: string; release: number; publishedAt: number; installedAt: number; note: string; rollbackTo: number | null; first: number; counts: string };
type ChangeRow = { kind: KnowledgeKind; key: string; title: string; before: string | null; after: string | null; what: NewsChange['what'] };

/** Releases remembered for "What's new"; older ones are let go. */
const LOG_KEPT = 60;
const BASE = 'name, source, title, rank, epoch, release, seq, policy_digest AS policyDigest, count, expires, installed_at AS installedAt';

/** All SQL over installed releases. Synchronous; values always bound. */
export function createInstalledRepository(db: Database) {
  const bases = db.prepare<[], BaseRow>(`SELECT ${BASE} FROM knowledge_base ORDER BY rank DESC, name`);
  const base = db.prepare<[string], BaseRow>(`SELECT ${BASE} FROM knowledge_base WHERE name = ?`);
  const makeSource = db.prepare<[string, number], number>("INSERT INTO source (name, digest, installed_at) VALUES (?, '', ?) ON CONFLICT (name) DO UPDATE SET installed_at = excluded.installed_at RETURNING id").pluck();
  const putBase = db.prepare(
    `INSERT INTO knowledge_base (name, source, title, rank, epoch, release, seq, policy_digest, count, expires, installed_at)
     VALUES (@kb, @source, @title, @order, @epoch, @release, @seq, @policyDigest, @count, @expires, @installedAt)
     ON CONFLICT (name) DO UPDATE SET title = excluded.title, rank = excluded.rank, epoch = excluded.epoch, release = excluded.release, seq = excluded.seq,
       policy_digest = excluded.policy_digest, count = excluded.count, expires = excluded.expires, installed_at = excluded.installed_at`,
  );
  const dropBase = db.prepare<[string]>('DELETE FROM knowledge_base WHERE name = ?');
  const signed = db.prepare<[number, string, string], { ver: number; digest: string; deleted: number; live: number }>('SELECT ver, digest, deleted, envelope IS NOT NULL AS live FROM signed_record WHERE source = ? AND kind = ? AND key = ?');
  const putSigned = db.prepare<[number, string, string, number, number, string, string | null], number>(
    'INSERT INTO signed_record (source, kind, key, ver, deleted, digest, envelope) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, kind, key) DO UPDATE SET ver = excluded.ver, deleted = excluded.deleted, digest = excluded.digest, envelope = excluded.envelope RETURNING id',
  ).pluck();
  const dropSigned = db.prepare<[number, string, string]>('DELETE FROM signed_record WHERE source = ? AND kind = ? AND key = ?');
  const version = db.prepare<[string, string], number>('SELECT ver FROM signed_record JOIN knowledge_base ON knowledge_base.source = signed_record.source WHERE kind = ? AND key = ? ORDER BY rank DESC, name LIMIT 1').pluck();
  const keys = db.prepare<[number], { kind: KnowledgeKind; key: string; deleted: number; live: number }>('SELECT kind, key, deleted, envelope IS NOT NULL AS live FROM signed_record WHERE source = ?');
  const ahead = db.prepare<[number], number>('SELECT EXISTS (SELECT 1 FROM signed_record WHERE source = ? AND envelope IS NOT NULL)').pluck();
  const logOf = db.prepare<[string, number, number], number>('SELECT id FROM release_log WHERE name = ? AND epoch = ? AND release = ? ORDER BY id DESC LIMIT 1').pluck();
  const liveCount = db.prepare<[number], number>('SELECT count(*) FROM signed_record WHERE source = ? AND deleted = 0').pluck();
  const addLog = db.prepare<[string, string, number, number, number, number, string, number | null, number, string], number>(
    'INSERT INTO release_log (name, title, epoch, release, published_at, installed_at, note, rollback_to, first, counts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id',
  ).pluck();
  const addChange = db.prepare<[number, string, string, string, string | null, string | null, string]>('INSERT INTO release_change (log, kind, key, title, before, after, what) VALUES (?, ?, ?, ?, ?, ?, ?)');
  const trimChanges = db.prepare<[number]>('DELETE FROM release_change WHERE log NOT IN (SELECT id FROM release_log ORDER BY id DESC LIMIT ?)');
  const trimLog = db.prepare<[number]>('DELETE FROM release_log WHERE id NOT IN (SELECT id FROM release_log ORDER BY id DESC LIMIT ?)');
  const logSince = db.prepare<[number, number], LogRow>(
    'SELECT id, name AS kb, title, release, published_at AS publishedAt, installed_at AS installedAt, note, rollback_to AS rollbackTo, first, counts FROM release_log WHERE installed_at > ? ORDER BY id DESC LIMIT ?',
  );
  const changesOf = db.prepare<[number, number], ChangeRow>('SELECT kind, key, title, before, after, what FROM release_change WHERE log = ? ORDER BY id LIMIT ?');

  const toBase = ({ name, rank, ...row }: BaseRow): StoredBase => ({ ...row, kb: name, order: rank });
  return {
    bases: (): StoredBase[] => bases.all().map(toBase),
    base: (kb: string): StoredBase | undefined => {
      const row = base.get(kb);
      return row === undefined ? undefined : toBase(row);
    },
    source: (kb: string, at: number): number => {
      const id = makeSource.get(sourceOfBase(kb), at);
      if (id === undefined) throw new Error('SQLite returned no id for a source');
      return id;
    },
    saveBase: (stored: StoredBase): void => void putBase.run(stored),
    dropBase: (kb: string): void => void dropBase.run(kb),
    signed: (source: number, kind: string, key: string): SignedRow | undefined => {
      const row = signed.get(source, kind, key);
      return row === undefined ? undefined : { ver: row.ver, digest: row.digest, deleted: row.deleted === 1, ...(row.live === 1 ? { live: true } : {}) };
    },
    /** Version of the signed record that decides among bases; 0 when no base says anything. */
    version: (kind: string, key: string): number => version.get(kind, key) ?? 0,
    /** Returns the number of the row. */
    putSigned: (source: number, kind: string, key: string, row: SignedRow, envelope: string | undefined): number => {
      const id = putSigned.get(source, kind, key, row.ver, row.deleted ? 1 : 0, row.digest, envelope ?? null);
      if (id === undefined) throw new Error('SQLite returned no id for a signed record');
      return id;
    },
    dropSigned: (source: number, kind: string, key: string): void => void dropSigned.run(source, kind, key),
    keys: (source: number): { kind: KnowledgeKind; key: string; deleted: boolean; live: boolean }[] => keys.all(source).map((row) => ({ ...row, deleted: row.deleted === 1, live: row.live === 1 })),
    /** Some records came by themselves, so the base may be ahead of its release. */
    isAhead: (source: number): boolean => ahead.get(source) === 1,
    /** The entry of "What's new" of a release, where there is one. */
    logOf: (kb: string, epoch: number, release: number): number | undefined => logOf.get(kb, epoch, release),
    liveCount: (source: number): number => liveCount.get(source) ?? 0,
    addLog: ({ kb, title, epoch, release, publishedAt, installedAt, note, rollbackTo, first, counts }: LogEntry): number => {
      const id = addLog.get(kb, title, epoch, release, publishedAt, installedAt, note, rollbackTo ?? null, first ? 1 : 0, JSON.stringify(counts));
      if (id === undefined) throw new Error('SQLite returned no id for a release');
      trimChanges.run(LOG_KEPT);
      trimLog.run(LOG_KEPT);
      return id;
    },
    addChange: (log: number, change: NewsChange): void => void addChange.run(log, change.kind, change.key, change.title, change.before ?? null, change.after ?? null, change.what),
    /** Newest first. */
    log: (since: number, limit: number): NewsRelease[] =>
      logSince.all(since, limit).map(({ rollbackTo, first, counts, ...row }) => ({ ...row, first: first === 1, counts: JSON.parse(counts) as ChangeCounts, ...(rollbackTo === null ? {} : { rollbackTo }) })),
    changes: (log: number, limit: number): NewsChange[] =>
      changesOf.all(log, limit).map(({ before, after, ...row }) => ({ ...row, ...(before === null ? {} : { before }), ...(after === null ? {} : { after }) })),
  };
}
export type InstalledRepository = ReturnType<typeof createInstalledRepository>;
