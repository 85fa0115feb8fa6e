import type { Database } from 'better-sqlite3';
import { createLayers, type KnowledgeRepository } from '#main/features/knowledge/index.ts';
import type { SearchIndex } from '#main/features/search/index.ts';
import type { KnowledgeKind, PackLine } from '#shared/domain/knowledge.ts';
import type { ChangeCounts } from '#shared/domain/news/release-news.ts';
import { parseChangeKey } from '#shared/domain/packs/change.ts';
import { createChangeList, type ChangeList } from './change-list.ts';
import { createIndexChanges, type IndexChanges } from './index-changes.ts';
import { createInstalledRepository, type InstalledRepository, type StoredBase } from './installed.repository.ts';
import { createLiveRepository } from './live.repository.ts';
import { settleContested, tellIndex } from './rank.ts';

/** One verified change as a release brings it; `line` is undefined for a tombstone. */
export type ReleaseChange = { key: string; ver: number; digest: string; line: PackLine | undefined; envelope?: string };

export type ReleaseToInstall = {
  kb: string;
  title: string;
  epoch: number;
  release: number;
  publishedAt: number;
  note: string;
  rollbackTo?: number;
  /** Position in a live channel that continues from this release; 0: none. */
  seq: number;
  count: number;
  expires: number;
  policyDigest: string;
  /** Higher decides over lower, 0 to 1,000. */
  order: number;
};

export type InstallParts = { db: Database; repository: KnowledgeRepository; index: SearchIndex; now: () => number };
export type InstallHooks = {
  /** Records written so far. */
  progress?: (records: number) => void;
  /** Called between two steps; the install goes on when it is done. */
  settle?: () => Promise<void>;
};
export type Installed = { changed: number; counts: ChangeCounts; ms: number };

/** The records are not those the signed head counted: nothing of them stays. */
export class IncompleteReleaseError extends Error {
  constructor(found: number, expected: number) {
    super(`a release has ${found} live records where its head says ${expected}`);
    this.name = 'IncompleteReleaseError';
  }
}

/**
 * Installs a verified release in one transaction on a connection of its own: records, search index, the
 * list of changes and the release number become visible together, or not at all. `changes` need to hold
 * only what differs from what is stored.
 */
export async function installRelease(parts: InstallParts, release: ReleaseToInstall, changes: AsyncIterable<readonly ReleaseChange[]>, hooks: InstallHooks = {}): Promise<Installed> {
  const { db } = parts;
  const startedAt = performance.now();
  db.exec('BEGIN IMMEDIATE');
  const index = createIndexChanges(parts.index, () => parts.repository.list('synonyms').map(({ words }) => words));
  try {
    const writer = createWriter(parts, release, index);
    for await (const batch of changes) {
      for (const change of batch) writer.put(change);
      hooks.progress?.(writer.changed());
      await hooks.settle?.();
    }
    const counts = writer.close();
    for (const _ of index.finish()) await hooks.settle?.();
    db.exec('COMMIT');
    return { changed: writer.changed(), counts, ms: performance.now() - startedAt };
  } catch (cause) {
    index.abort();
    if (db.inTransaction) db.exec('ROLLBACK');
    throw cause;
  }
}

/** Takes a knowledge base off the desk: what lay beneath it decides again. One transaction. */
export function removeBase({ db, repository, index }: Pick<InstallParts, 'db' | 'repository' | 'index'>, kb: string): boolean {
  const rows = createInstalledRepository(db);
  const base = rows.base(kb);
  if (base === undefined) return false;
  repository.transaction(() => {
    const layers = createLayers(db);
    const changes = createIndexChanges(index, () => repository.list('synonyms').map(({ words }) => words));
    for (const { kind, key } of rows.keys(base.source)) {
      rows.dropSigned(base.source, kind, key);
      tellIndex(changes, kind, key, layers.say(base.source, { kind, key }, undefined));
    }
    rows.dropBase(kb);
    createLiveRepository(db).forget(kb);
    for (const _ of changes.finish()) continue;
  });
  return true;
}

type Writer = { put(change: ReleaseChange): void; close(): ChangeCounts; changed(): number };

function createWriter({ db, now }: InstallParts, release: ReleaseToInstall, index: IndexChanges): Writer {
  const rows = createInstalledRepository(db);
  const before = rows.base(release.kb);
  const at = now();
  const source = before?.source ?? rows.source(release.kb, at);
  const stored: StoredBase = { kb: release.kb, title: release.title, epoch: release.epoch, release: release.release, installedAt: at, count: release.count, order: release.order, expires: release.expires, source, seq: release.seq, policyDigest: release.policyDigest };
  rows.saveBase(stored);
  const layers = createLayers(db);
  const fresh = before !== undefined && before.epoch !== release.epoch;
  const empty = before === undefined && rows.keys(source).length === 0;
  if (empty) layers.learn();
  const written = new Set<string>();
  const kept = new Set<string>();
  const list = createChangeList(before === undefined);
  let changed = 0;

  const say = (kind: KnowledgeKind, key: string, line: PackLine | undefined, gone: boolean): void => {
    const json = gone ? undefined : line === undefined ? null : JSON.stringify(line.record);
    const deciding = layers.say(source, { kind, key }, json);
    // What decides now is mostly the record in hand.
    if (line !== undefined && deciding.after === json && deciding.before !== json) index.put(line);
    else tellIndex(index, kind, key, deciding);
    list.add(kind, key, deciding);
  };
  return {
    put: ({ key: name, ver, digest, line, envelope }) => {
      const ref = parseChangeKey(name);
      if (ref === undefined) return;
      if (fresh) kept.add(name);
      // Of a base that was not here nothing is stored but what this release has just put.
      const stored = empty && !written.has(name) ? undefined : rows.signed(source, ref.kind, ref.key);
      if (empty) written.add(name);
      if (stored?.digest === digest) return;
      // A change that came by itself may be newer than the release: a record never goes back.
      if (!fresh && stored !== undefined && stored.ver > ver) return;
      rows.putSigned(source, ref.kind, ref.key, { ver, digest, deleted: line === undefined }, envelope);
      changed += 1;
      say(ref.kind, ref.key, line, false);
    },
    close: () => {
      // A new epoch begins from nothing: what it does not bring is gone.
      if (fresh) {
        for (const { kind, key } of rows.keys(source)) {
          if (kept.has(`${kind}/${key}`)) continue;
          rows.dropSigned(source, kind, key);
          changed += 1;
          say(kind, key, undefined, true);
        }
      }
      // The desk ranks its bases otherwise than before: what this one says may decide elsewhere, too.
      if (before !== undefined && before.order !== release.order) {
        settleContested(db, layers, ({ kind, key }, deciding) => {
          tellIndex(index, kind, key, deciding);
          list.add(kind, key, deciding);
        });
      }
      const live = rows.liveCount(source);
      // Changes that came by themselves count with their own head.
      if (live !== release.count && !rows.isAhead(source)) throw new IncompleteReleaseError(live, release.count);
      if (before?.release !== release.release || changed > 0) logRelease(db, rows, release, at, before === undefined, list);
      return list.counts;
    },
    changed: () => changed,
  };
}

/** The entry of "What's new". What came of this release by itself before has one already: it is given its name, and the rest is added. */
function logRelease(db: Database, rows: InstalledRepository, release: ReleaseToInstall, installedAt: number, first: boolean, { counts, listed }: ChangeList): void {
  const { kb, title, epoch, publishedAt, note, rollbackTo } = release;
  const live = createLiveRepository(db);
  const open = first ? undefined : (live.openLog(kb) ?? rows.logOf(kb, epoch, release.release));
  const entry = open === undefined ? undefined : live.log(open);
  if (open !== undefined && entry !== undefined) {
    for (const [kind, { added, changed, removed }] of Object.entries(counts) as [KnowledgeKind, NonNullable<ChangeCounts[KnowledgeKind]>][]) {
      const sum = (entry.counts[kind] ??= { added: 0, changed: 0, removed: 0 });
      sum.added += added;
      sum.changed += changed;
      sum.removed += removed;
    }
    live.saveLog(open, release.release, entry.counts, installedAt);
    live.nameLog(open, { release: release.release, note, publishedAt, ...(rollbackTo === undefined ? {} : { rollbackTo }) });
    live.setOpenLog(kb, undefined);
    for (const change of listed) rows.addChange(open, change);
    return;
  }
  const log = rows.addLog({ kb, title, epoch, release: release.release, publishedAt, installedAt, note, first, counts, ...(rollbackTo === undefined ? {} : { rollbackTo }) });
  for (const change of listed) rows.addChange(log, change);
}
