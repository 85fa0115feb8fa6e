import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createSearchTables, openSearchIndex, type SearchIndex } from '#main/features/search/index.ts';
import { type CatalogRow, docOf } from './catalog.ts';

export type BuildFigures = { seconds: number; docs: number; dbMB: number; rssMB: number; heapMB: number; longestSliceMs: number };

export type BuiltIndex = { index: SearchIndex; file: string; figures: BuildFigures; close(): void };

const mega = (bytes: number): number => Math.round(bytes / 104_857.6) / 10;

/** Opens a knowledge database the way the knowledge process does. */
export function openDatabase(file: string): Database.Database {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  createSearchTables(db);
  return db;
}

/** Builds the index of a catalogue on disk; `seconds` is the time spent in the product's code. */
export async function buildIndex(rows: AsyncIterable<CatalogRow> | Iterable<CatalogRow>): Promise<BuiltIndex> {
  const folder = mkdtempSync(join(tmpdir(), 'callside-search-'));
  const file = join(folder, 'knowledge.db');
  const db = openDatabase(file);
  const index = openSearchIndex({ db, clock: Date.now });
  const session = index.begin();
  let spent = 0;
  let longest = 0;
  const timed = (work: () => void): void => {
    const start = performance.now();
    work();
    const took = performance.now() - start;
    spent += took;
    longest = Math.max(longest, took);
  };
  let batch: CatalogRow[] = [];
  const add = (): void => timed(() => session.add(batch.map(docOf)));
  for await (const row of rows) {
    batch.push(row);
    if (batch.length < 500) continue;
    add();
    batch = [];
  }
  add();
  const steps = session.commitSteps();
  for (let more = true; more; ) {
    timed(() => {
      more = steps.next().done !== true;
    });
  }
  db.pragma('wal_checkpoint(TRUNCATE)');
  const memory = process.memoryUsage();
  const figures = {
    seconds: Math.round(spent) / 1_000, docs: index.stats().docs, dbMB: mega(statSync(file).size), rssMB: mega(memory.rss),
    heapMB: mega(memory.heapUsed), longestSliceMs: Math.round(longest),
  };
  return {
    index, file, figures,
    close() {
      db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
