import { closeSync, existsSync, fdatasyncSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAnswer } from './after-answer.ts';
import { removeFileFully, syncFolder, writeFully } from '../lib/atomic-file.ts';
import { withDbErrors } from './errors.ts';
import { encodeHeader, encodeRecord, HEADER_BYTES, journalKey, scanJournal } from './journal-format.ts';
import type { JournalDamage, JournalEntry, JournalRecord, JournalScan } from './journal-format.ts';

export type { JournalDamage, JournalEntry, JournalRecord } from './journal-format.ts';

/**
 * The second, independent home of everything the agent types: an append-only file beside the
 * database, each record checksummed, encrypted with a key derived from the database's, and on the
 * disk before anything is acknowledged.
 */
export type Journal = {
  /** False for the in-memory stand-in used when no folder can be written. */
  readonly durable: boolean;
  /** Sequence number of the newest record, 0 when there is none. */
  lastSeq(): number;
  /** Writes and syncs one record; returns its sequence number. Throws a DbError and takes the bytes back on failure. */
  append(entries: readonly JournalEntry[], at: number): number;
  /** Takes back the newest record when the database refused the same change. */
  takeBack(seq: number): void;
  /** Everything readable, oldest first. */
  records(): JournalRecord[];
  /**
   * Replaces the file by one that holds what `keep` returns for each entry (null drops it), the
   * newest state of each id only, then `added`. The old content is overwritten before it goes.
   */
  rewrite(keep: (entry: JournalEntry, at: number) => JournalEntry | null, added?: readonly JournalRecord[]): void;
  /** Moves numbering forward so that the next record is at least `seq + 1`. */
  skipTo(seq: number): void;
  bytes(): number;
  close(): void;
};

export type OpenedJournal = { journal: Journal; damage: JournalDamage[]; records: JournalRecord[]; existed: boolean };

export type JournalOptions = {
  file: string;
  /** The database's 32-byte key; absent for a plain file. */
  key?: Buffer | undefined;
  /** Does what nobody waits for, once the answer is on its way; a timer when absent. Returns how to call it off. */
  later?: (work: () => void) => () => void;
};

/**
 * Zeros are written behind the last record ahead of time, so that a record takes no new place on the disk: a sync that
 * makes a file longer waits for the file system's own log, and with it for whatever else is being written, an import
 * above all. Bytes made at a time, and bytes left when more is made (a few long notes).
 */
export const ROOM_BYTES = 256 * 1024;
const LOW_ROOM_BYTES = 64 * 1024;

/** Opens or makes the journal and reads it once. Damage is reported, never thrown; a torn tail is cut off. */
export function openJournal(options: JournalOptions): OpenedJournal {
  return withDbErrors(options.file, () => openChecked(options));
}

function openChecked({ file, key: databaseKey, later = afterAnswer }: JournalOptions): OpenedJournal {
  const key = databaseKey === undefined ? undefined : journalKey(databaseKey);
  const existed = existsSync(file);
  const scan: JournalScan = existed ? scanJournal(readFileSync(file), key) : { records: [], damage: [], goodEnd: 0 };
  if (!existed) createEmpty(file, 0, key);
  const journal = createFileJournal(file, key, scan, later);
  return { journal, damage: scan.damage, records: scan.records, existed };
}

/** Reads a journal that nobody has open, without changing it. */
export function readJournal({ file, key }: JournalOptions): JournalScan {
  return withDbErrors(file, () => scanJournal(readFileSync(file), key === undefined ? undefined : journalKey(key)));
}

function createEmpty(file: string, baseSeq: number, key: Buffer | undefined): void {
  const fd = openSync(file, 'wx', 0o600);
  try {
    writeFully(fd, encodeHeader(baseSeq, key));
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  syncFolder(dirname(file));
}

function createFileJournal(file: string, key: Buffer | undefined, scan: JournalScan, later: NonNullable<JournalOptions['later']>): Journal {
  let fd = openSync(file, 'r+');
  let end = Math.max(scan.goodEnd, HEADER_BYTES);
  let last = scan.records.reduce((highest, record) => Math.max(highest, record.seq), 0);
  let beforeLast = end;
  /** Set when a sync failed: what the disk holds is unknown, so the next append writes a new file first. */
  let suspect = false;
  if (scan.damage.includes('torn-tail') && fstatSync(fd).size > end) ftruncateSync(fd, end);
  /** Where the zeros behind the last record end: the length of the file. */
  let roomEnd = Math.max(fstatSync(fd).size, end);
  let callOff: (() => void) | undefined;
  /** A disk that refused is not asked again before the next start. */
  let roomRefused = false;

  const makeRoom = (): void => {
    callOff = undefined;
    if (suspect) return;
    try {
      writeFully(fd, Buffer.alloc(ROOM_BYTES), roomEnd);
      fdatasyncSync(fd);
      roomEnd += ROOM_BYTES;
    } catch {
      // A full disk: what is left of it belongs to the notes. They make the file longer one by one.
      roomRefused = true;
      cutTo(end);
    }
  };
  const makeRoomSoon = (): void => {
    if (callOff === undefined && !roomRefused && roomEnd - end < LOW_ROOM_BYTES) callOff = later(makeRoom);
  };
  /** Ends the file at `to`, so that nothing that was written behind it is ever read. */
  const cutTo = (to: number): void => {
    try {
      ftruncateSync(fd, to);
      roomEnd = to;
    } catch {
      suspect = true;
    }
  };

  const readAll = (): JournalRecord[] => scanJournal(readFileSync(file), key).records;

  const replaceBy = (records: readonly JournalRecord[]): void => {
    const temp = `${file}.new`;
    rmSync(temp, { force: true });
    createEmpty(temp, last, key);
    const out = openSync(temp, 'r+');
    let size = HEADER_BYTES;
    try {
      for (const record of records) {
        const bytes = encodeRecord(record, key);
        writeFully(out, bytes, size);
        size += bytes.length;
      }
      fsyncSync(out);
    } catch (cause) {
      closeSync(out);
      rmSync(temp, { force: true });
      throw cause;
    }
    closeSync(out);
    closeSync(fd);
    swapIn(temp, file);
    fd = openSync(file, 'r+');
    end = size;
    roomEnd = size;
    beforeLast = end;
    suspect = false;
  };

  return {
    durable: true,
    lastSeq: () => last,
    bytes: () => end,
    records: () => withDbErrors(file, readAll),
    append: (entries, at) =>
      withDbErrors(file, () => {
        if (suspect) replaceBy(readAll().filter((record) => record.seq <= last));
        const seq = last + 1;
        const bytes = encodeRecord({ seq, at, entries: [...entries] }, key);
        try {
          writeFully(fd, bytes, end);
          fdatasyncSync(fd);
        } catch (cause) {
          suspect = true;
          // Where even that fails, the half record fails its checksum; the next append starts from a new file.
          cutTo(end);
          throw cause;
        }
        beforeLast = end;
        end += bytes.length;
        roomEnd = Math.max(roomEnd, end);
        last = seq;
        makeRoomSoon();
        return seq;
      }),
    takeBack: (seq) => {
      if (seq !== last || beforeLast === end) return;
      cutTo(beforeLast);
      end = beforeLast;
      last = seq - 1;
    },
    rewrite: (keep, added = []) => withDbErrors(file, () => {
      const kept = newestOfEach(readAll(), keep);
      last = added.reduce((highest, record) => Math.max(highest, record.seq), last);
      replaceBy([...kept, ...added]);
    }),
    skipTo: (seq) => {
      if (seq <= last) return;
      withDbErrors(file, () => {
        const records = readAll();
        last = seq;
        replaceBy(records);
      });
    },
    close: () => {
      callOff?.();
      closeSync(fd);
    },
  };
}

/** Puts the new file in place; the old one's content is given back to the disk, not only unlinked. */
function swapIn(temp: string, file: string): void {
  const old = `${file}.old`;
  rmSync(old, { force: true });
  renameSync(file, old);
  renameSync(temp, file);
  syncFolder(dirname(file));
  removeFileFully(old);
}

/** Drops what `keep` drops and every state of an id that a later one replaced. Sequence numbers stay. */
export function newestOfEach(records: readonly JournalRecord[], keep: (entry: JournalEntry, at: number) => JournalEntry | null): JournalRecord[] {
  const seen = new Set<string>();
  const out: JournalRecord[] = [];
  for (const record of [...records].toReversed()) {
    const entries: JournalEntry[] = [];
    for (const entry of record.entries.toReversed()) {
      const name = `${entry.kind}\u0000${entry.id}`;
      if (seen.has(name)) continue;
      seen.add(name);
      const kept = keep(entry, record.at);
      if (kept !== null) entries.push(kept);
    }
    if (entries.length > 0) out.push({ ...record, entries: entries.toReversed() });
  }
  return out.toReversed();
}

/** Stands in when no folder can be written: keeps everything for as long as the process lives. */
export function createMemoryJournal(): Journal {
  let held: JournalRecord[] = [];
  let last = 0;
  return {
    durable: false,
    lastSeq: () => last,
    bytes: () => 0,
    records: () => [...held],
    append: (entries, at) => {
      last += 1;
      held.push({ seq: last, at, entries: [...entries] });
      return last;
    },
    takeBack: (seq) => {
      if (seq !== last) return;
      held.pop();
      last -= 1;
    },
    rewrite: (keep, added = []) => {
      held = [...newestOfEach(held, keep), ...added];
    },
    skipTo: (seq) => {
      last = Math.max(last, seq);
    },
    close: () => undefined,
  };
}
