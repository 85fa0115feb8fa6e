import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { RecordPaths } from '../lib/paths.ts';
import { openJournal, type Journal, type JournalEntry, type OpenedJournal } from './journal.ts';
import type { Db } from './open.ts';
import { openMessage, type OpenMessage } from './open-messages.ts';
import { metaNumber, replay, setMetaNumber, type Restorer } from './restore.ts';
import { setAside } from './set-aside.ts';
import { findSides, isInUse, removeSide, sideDirs, sideRoots } from './sides.ts';

export type ReconcileInput = {
  db: Db;
  paths: RecordPaths;
  key?: Buffer | undefined;
  clock: Pick<Clock, 'now'>;
  log: Logger;
  restorers: readonly Restorer[];
  fallbackDir?: string;
  /** The database is the file that was there, not a backup or a new one. */
  original: boolean;
  /** The last session closed both files cleanly. */
  clean: boolean;
};

/** A journal written anew starts with what is open and with what this many days brought. */
const RESEED_DAYS = 14;
const DAY_MS = 86_400_000;
/** Things per record when many are written at once. */
const BATCH = 100;

/**
 * Compares the journal with the database and makes them agree: changes only the journal has come
 * back, a journal that lost something is written anew. Then takes over side sessions.
 */
export function reconcile(input: ReconcileInput): { journal: Journal; messages: OpenMessage[] } {
  const { db, paths, key } = input;
  const messages: OpenMessage[] = [];
  const found = openJournal({ file: paths.journal, key });
  const databaseSeq = metaNumber(db, 'journal_seq');
  const journalSeq = found.journal.lastSeq();
  if (!input.clean || !input.original || journalSeq !== databaseSeq || found.damage.length > 0) bringBack(input, found, databaseSeq, messages);
  const journal = soundJournal(input, found, databaseSeq, messages);
  // Nothing is written when nothing changed: a full disk must not stop a start.
  if (metaNumber(db, 'journal_seq') !== journal.lastSeq()) setMetaNumber(db, 'journal_seq', journal.lastSeq());
  takeOverSides(input, journal, messages);
  return { journal, messages };
}

function bringBack({ db, restorers, original, log }: ReconcileInput, found: OpenedJournal, databaseSeq: number, messages: OpenMessage[]): void {
  const newer = found.records.filter((record) => record.seq > databaseSeq);
  const ahead = newer.length;
  // The number is committed with the rows: what a sound original counts up to, it holds.
  const result = replay(db, original ? newer : found.records, restorers);
  // One record ahead is what a crash between the journal's sync and the commit leaves; nobody was told it was saved.
  if (original && ahead > 1) messages.push(openMessage('commits-were-lost', ahead));
  else if (result.restored > 0) messages.push(openMessage('notes-brought-back', result.restored));
  if (result.unreadable > 0) log.error('journal entries could not be applied', { count: result.unreadable });
}

function soundJournal(input: ReconcileInput, found: OpenedJournal, databaseSeq: number, messages: OpenMessage[]): Journal {
  const { paths, key, clock } = input;
  const torn = found.damage.every((damage) => damage === 'torn-tail');
  const behind = found.journal.lastSeq() < databaseSeq;
  if (torn && !behind) return found.journal;
  const journalSeq = found.journal.lastSeq();
  found.journal.close();
  const kept = found.existed ? setAside(paths, [paths.journal], 'journal', clock.now()) : [];
  if (!found.existed) setAside(paths, [paths.journal], 'empty-journal', clock.now());
  messages.push(found.existed ? openMessage('journal-damaged', '', kept) : openMessage('journal-missing'));
  const { journal } = openJournal({ file: paths.journal, key });
  journal.skipTo(Math.max(databaseSeq, journalSeq));
  const since = clock.now() - RESEED_DAYS * DAY_MS;
  appendAll(journal, input.restorers.flatMap((restorer) => restorer.snapshot(input.db, since)), clock.now());
  return journal;
}

function appendAll(journal: Journal, entries: readonly JournalEntry[], at: number): void {
  for (let from = 0; from < entries.length; from += BATCH) journal.append(entries.slice(from, from + BATCH), at);
}

/** Moves what was written beside the main files into them; the side goes when all of it is in both. */
function takeOverSides({ db, paths, key, fallbackDir, restorers, clock }: ReconcileInput, journal: Journal, messages: OpenMessage[]): void {
  const roots = sideRoots(paths, fallbackDir);
  const sides = findSides(roots, key);
  let taken = 0;
  for (const side of sides) {
    const result = replay(db, side.records, restorers);
    appendAll(journal, side.records.flatMap((record) => record.entries), clock.now());
    setMetaNumber(db, 'journal_seq', journal.lastSeq());
    taken += result.restored;
    if (side.complete && result.unreadable === 0) removeSide(side.dir);
  }
  if (taken > 0) messages.push(openMessage('side-notes-taken-over', taken));
  const left = roots.flatMap(sideDirs).filter((dir) => !isInUse(dir));
  if (left.length > 0) messages.push(openMessage('side-notes-unreadable', '', left));
}
