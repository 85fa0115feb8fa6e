import Database from 'better-sqlite3';
import { createSearchTables, openSearchIndex } from '#main/features/search/index.ts';
import { product } from './helpers.ts';

/** Writes records and index in one transaction each, in changes and in builds, until it is killed. */
const file = process.argv[2] ?? '';
const db = new Database(file);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = NORMAL');
createSearchTables(db);
db.exec('CREATE TABLE IF NOT EXISTS record (key TEXT PRIMARY KEY, title TEXT NOT NULL) STRICT');
const index = openSearchIndex({ db, clock: Date.now });
const save = db.prepare('INSERT OR REPLACE INTO record (key, title) VALUES (?, ?)');
const remove = db.prepare('DELETE FROM record WHERE key = ?');
process.stdout.write('ready\n');
// A test run that is broken off leaves nobody to kill it, and it would fill the disk for ever.
const parent = process.ppid;
for (let round = Date.now() % 1_000_000; process.ppid === parent; round++) {
  const docs = Array.from({ length: round % 5 === 0 ? 400 : 3 }, (_, i) => product(`k${(round * 31 + i) % 900}`, `lamp round${round} number${i}`));
  if (round % 5 === 0) {
    const session = index.begin();
    session.add(docs);
    // The caller's own transaction holds the records and the moment the build becomes visible.
    db.transaction(() => {
      for (const doc of docs) save.run(doc.key, doc.fields.title);
      session.commit();
    })();
  } else {
    const gone = `k${(round * 17) % 900}`;
    db.transaction(() => {
      for (const doc of docs) save.run(doc.key, doc.fields.title);
      if (docs.every((doc) => doc.key !== gone)) remove.run(gone);
      index.apply({ put: docs, remove: docs.every((doc) => doc.key !== gone) ? [{ kind: 'product', key: gone }] : [] });
    })();
  }
  if (round % 50 === 0) for (const _ of index.maintain()) continue;
}
