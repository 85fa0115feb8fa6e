import { createHash } from 'node:crypto';
import { createLayers } from '#main/features/knowledge/index.ts';
import { textDigest, type VerifiedChange } from '#main/features/packs/index.ts';
import type { PackLine } from '#shared/domain/knowledge.ts';
import { countChange, MOST_LISTED, type NewsChange } from '#shared/domain/news/release-news.ts';
import { parseChangeKey, type SignedChange } from '#shared/domain/packs/change.ts';
import type { PackRefusal } from '#shared/domain/packs/refusal.ts';
import type { SignedHead } from '#shared/domain/packs/release.ts';
import type { Position } from './change-source.ts';
import { createChangeList, type ChangeList } from './change-list.ts';
import { createIndexChanges } from './index-changes.ts';
import { createInstalledRepository, type StoredBase } from './installed.repository.ts';
import type { InstallParts } from './install-release.ts';
import { createLiveRepository } from './live.repository.ts';

/** One message of a live channel after its signatures were looked at. */
export type Judged = { name: string; bytes: Uint8Array } & ({ ok: true; change: VerifiedChange; signed: SignedChange } | { ok: false; refusal: PackRefusal });

export type Applied = {
  /** Records that agents see changed. */
  changed: number;
  /** Records stored, whether they decide or not. */
  stored: number;
  /** What came again, or late. */
  known: number;
  refused: { key: string; refusal: PackRefusal }[];
  /** Rows of `signed_record` that were written, with their keys. */
  rows: { row: number; key: string }[];
};

export type ApplyOptions = {
  /** How far this batch brings the channel; absent where something before it is still missing. */
  cursor?: Position;
  /** A signed head says that these very bytes belong here: a damaged row with the same version is written over. */
  repair?: boolean;
  /** Called before the commit; what it throws undoes the batch. */
  check?: (rows: Applied['rows']) => void;
};

export type LiveApplier = ReturnType<typeof createLiveApplier>;

/**
 * Puts single changes in use: records, search index, "What's new", quarantine and position in one transaction of the
 * knowledge database, or nothing of it. Call with the permission to write.
 */
export function createLiveApplier({ db, repository, index, now }: InstallParts, channel: string, kb: string) {
  const installed = createInstalledRepository(db);
  const rows = createLiveRepository(db);
  const layers = createLayers(db);

  const write = (base: StoredBase, judged: readonly Judged[], { cursor, repair = false, check }: ApplyOptions): Applied => {
    const applied: Applied = { changed: 0, stored: 0, known: 0, refused: [], rows: [] };
    const list = createChangeList(false);
    const searched = createIndexChanges(index, () => repository.list('synonyms').map(({ words }) => words));
    layers.refresh();
    const refuse = (one: Judged, refusal: PackRefusal): void => {
      applied.refused.push({ key: one.name, refusal });
      rows.quarantine({ channel, kb, key: one.name, digest: sha256(one.bytes), refusal, bytes: one.bytes, at: now() });
    };
    try {
      for (const one of judged) {
        if (!one.ok) refuse(one, one.refusal);
        else put(base, one, { applied, list, repair, refuse: (refusal) => refuse(one, refusal), searched });
      }
      if (cursor !== undefined) rows.saveCursor(channel, kb, cursor);
      applied.changed = addNews(base, list);
      check?.(applied.rows);
      for (const _ of searched.finish()) continue;
      return applied;
    } catch (cause) {
      searched.abort();
      throw cause;
    }
  };

  type Into = { applied: Applied; list: ChangeList; repair: boolean; refuse: (refusal: PackRefusal) => void; searched: ReturnType<typeof createIndexChanges> };
  const put = (base: StoredBase, { change, signed }: Extract<Judged, { ok: true }>, { applied, list, repair, refuse, searched }: Into): void => {
    const ref = parseChangeKey(change.key);
    if (ref === undefined) return refuse({ reason: 'newer-format', key: change.key });
    const stored = installed.signed(base.source, ref.kind, ref.key);
    const same = stored?.ver === change.ver && stored.digest === change.digest && stored.deleted === (change.line === undefined);
    if (stored !== undefined && (change.ver < stored.ver || same)) {
      applied.known += 1;
      return;
    }
    if (stored !== undefined && change.ver === stored.ver && !repair) return refuse({ reason: 'forked', key: change.key, ver: change.ver });
    const row = installed.putSigned(base.source, ref.kind, ref.key, { ver: change.ver, digest: change.digest, deleted: change.line === undefined }, JSON.stringify(signed));
    applied.stored += 1;
    applied.rows.push({ row, key: change.key });
    const json = change.line === undefined ? null : JSON.stringify(change.line.record);
    const deciding = layers.say(base.source, ref, json);
    // What decides now is mostly the record in hand.
    const now = deciding.after === undefined ? undefined : deciding.after === json && change.line !== undefined ? change.line : ({ kind: ref.kind, record: JSON.parse(deciding.after) } as PackLine);
    list.add(ref.kind, ref.key, deciding, now);
    if (deciding.before === deciding.after) return;
    if (now === undefined) searched.remove(ref.kind, ref.key);
    else searched.put(now);
  };

  /** Adds to the open entry of "What's new", or opens one. A record that changed twice is told of once. */
  const addNews = (base: StoredBase, list: ChangeList): number => {
    const total = Object.values(list.counts).reduce((sum, { added, changed, removed }) => sum + added + changed + removed, 0);
    if (total === 0) return 0;
    const at = now();
    let log = rows.openLog(kb);
    let entry = log === undefined ? undefined : rows.log(log);
    if (log === undefined || entry === undefined) {
      entry = { release: base.release + 1, counts: {} };
      log = installed.addLog({ kb, title: base.title, epoch: base.epoch, release: entry.release, publishedAt: at, installedAt: at, note: '', first: false, counts: {} });
      rows.setOpenLog(kb, log);
    }
    // Of very many, agents are told how many they are.
    const room = { left: MOST_LISTED - rows.told(log) };
    for (const change of list.listed) tell(log, entry.counts, change, room);
    rows.saveLog(log, entry.release, entry.counts, at);
    return total;
  };
  const tell = (log: number, counts: NonNullable<ReturnType<typeof rows.log>>['counts'], change: NewsChange, room: { left: number }): void => {
    const told = rows.change(log, change.kind, change.key);
    if (told === undefined) {
      if (room.left-- > 0) installed.addChange(log, change);
      countChange(counts, change.kind, change.what);
      return;
    }
    rows.saveChange(told.id, change.title, change.after, told.what === 'added' && change.what === 'changed' ? 'added' : change.what);
  };

  const inTransaction = <T>(work: () => T): T => {
    db.exec('BEGIN IMMEDIATE');
    try {
      const done = work();
      db.exec('COMMIT');
      return done;
    } catch (cause) {
      if (db.inTransaction) db.exec('ROLLBACK');
      throw cause;
    }
  };

  return {
    rows,
    /** The base as it is installed now, by whatever way. */
    base: (): StoredBase | undefined => installed.base(kb),
    cursor: (): Position | undefined => rows.cursor(channel, kb),
    /** Tells whether a very text is what is stored under its key. */
    storedNow: (): ((signed: SignedChange) => boolean) => {
      const base = installed.base(kb);
      return ({ subject, text }) => {
        const ref = parseChangeKey(subject);
        const stored = base === undefined || ref === undefined ? undefined : installed.signed(base.source, ref.kind, ref.key);
        return stored !== undefined && textDigest(text) === stored.digest;
      };
    },
    /** Undefined when the base is no longer installed; then nothing is written. Throws what SQLite throws. */
    apply: (judged: readonly Judged[], options: ApplyOptions = {}): Applied | undefined =>
      inTransaction(() => {
        const base = installed.base(kb);
        return base === undefined ? undefined : write(base, judged, options);
      }),
    /** What is stored is exactly what this head counts: it is release `ver` now, whichever way it came. False when another install came in between. */
    agree: (head: SignedHead, compared: StoredBase): boolean =>
      inTransaction(() => {
        const base = installed.base(kb);
        if (base === undefined || base.epoch !== head.epoch || base.installedAt !== compared.installedAt) return false;
        const log = rows.openLog(kb);
        const entry = log === undefined ? undefined : rows.log(log);
        if (log !== undefined) {
          if (entry !== undefined) rows.saveLog(log, head.ver, entry.counts, now());
          rows.setOpenLog(kb, undefined);
        }
        rows.saveHead(kb, head.ver, now());
        if (base.release < head.ver || base.expires < head.expires) installed.saveBase({ ...base, release: head.ver, count: head.count, expires: Math.max(base.expires, head.expires), installedAt: base.release === head.ver ? base.installedAt : now() });
        return true;
      }),
    saveCursor: (cursor: Position): void => inTransaction(() => rows.saveCursor(channel, kb, cursor)),
  };
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
