import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { migrate } from '#main/db/migrate.ts';
import { knowledgeMigrations } from '#main/db/migrations/knowledge/index.ts';
import { openDatabase, type Db } from '#main/db/open.ts';
import { createKnowledgeRepository, type KnowledgeRepository } from '#main/features/knowledge/index.ts';
import { createSearchTables, openSearchIndex, type SearchIndex } from '#main/features/search/index.ts';
import { importCatalogue } from '#main/features/transfer/import-catalogue.ts';
import type { ImportHooks, ImportTask } from '#main/features/transfer/index.ts';
import { inspectFile } from '#main/features/transfer/inspect.ts';
import { openRows } from '#main/features/transfer/readers/index.ts';
import type { ReadRow } from '#main/features/transfer/readers/rows.ts';
import type { ImportCounts } from '#shared/domain/transfer/job.ts';
import type { RefusedRow } from '#shared/domain/transfer/problems.ts';
import type { Preview, ReadingChoice } from '#shared/domain/transfer/reading.ts';
import type { Mapping } from '#shared/domain/transfer/targets.ts';

/** A folder of its own for one test; gone when the test is over. */
export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'callside-transfer-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }));
  return dir;
}

export function writeFile(dir: string, name: string, content: string | Uint8Array): string {
  const file = join(dir, name);
  writeFileSync(file, content);
  return file;
}

export type Desk = { db: Db; repository: KnowledgeRepository; index: SearchIndex; file: string };

/** An open knowledge.db, as the knowledge process has it. */
export function openDesk(dir: string): Desk {
  const file = join(dir, 'knowledge.db');
  const db = openDatabase({ file, kind: 'knowledge' });
  onTestFinished(() => {
    db.close();
  });
  migrate(db, knowledgeMigrations);
  createSearchTables(db);
  return { db, repository: createKnowledgeRepository(db), index: openSearchIndex({ db, clock: Date.now }), file };
}

/** A second connection to the same file, as the import process has it. */
export function openBeside(desk: Desk): Desk {
  const db = openDatabase({ file: desk.file, kind: 'knowledge', mustExist: true });
  onTestFinished(() => {
    db.close();
  });
  return { db, repository: createKnowledgeRepository(db), index: openSearchIndex({ db, clock: Date.now }), file: desk.file };
}

export async function taskFor(file: string, mapping: Partial<Mapping> = {}): Promise<ImportTask> {
  const preview = await inspectFile(file);
  return { job: 'job-1', file, size: statSync(file).size, source: 'import:test', reading: preview.reading, mapping: { currency: 'EUR', ...preview.mapping, ...mapping } };
}

export async function runImport(desk: Desk, task: ImportTask, hooks: Partial<ImportHooks> = {}): Promise<{ counts: ImportCounts; refused: RefusedRow[] }> {
  const refused: RefusedRow[] = [];
  const counts = await importCatalogue({ db: desk.db, repository: desk.repository, index: desk.index, now: Date.now }, task, {
    progress: () => undefined, refused: (row) => refused.push(row), cancelled: () => false, settle: () => Promise.resolve(), ...hooks,
  });
  return { counts, refused };
}

/** Every row of a file, with how it was read. */
export async function readAll(file: string, choice: ReadingChoice = {}): Promise<{ preview: Preview; rows: ReadRow[] }> {
  const preview = await inspectFile(file, choice);
  const rows: ReadRow[] = [];
  for await (const batch of openRows(file, preview.reading)) rows.push(...batch);
  return { preview, rows };
}

/** Rows as `number: cell | cell` or `number: !code`. */
export function told(rows: readonly ReadRow[]): string[] {
  return rows.map((row) => ('problem' in row ? `${row.row}: !${row.problem.code}` : `${row.row}: ${row.cells.join(' | ')}`));
}
