import type { Database } from 'better-sqlite3';
import type { KnowledgeRepository } from '#main/features/knowledge/index.ts';
import type { SearchIndex } from '#main/features/search/index.ts';
import type { Product } from '#shared/domain/product.ts';
import { createConverter, type Converter } from '#shared/domain/transfer/convert.ts';
import type { RefusedRow } from '#shared/domain/transfer/problems.ts';
import type { ImportCounts } from '#shared/domain/transfer/job.ts';
import type { Reading } from '#shared/domain/transfer/reading.ts';
import type { Mapping } from '#shared/domain/transfer/targets.ts';
import { toProduct } from '#shared/domain/transfer/to-product.ts';
import { ImportCancelled } from './errors.ts';
import { createIndexChanges, type IndexChanges } from './index-changes.ts';
import { openRows } from './readers/index.ts';
import type { ReadRow } from './readers/rows.ts';

export type ImportTask = {
  /** Kept with the source, so that anybody can tell later whether this import was committed. */
  job: string;
  file: string;
  /** Bytes of the file as it lies on disk. */
  size: number;
  /** Name of the source its products belong to. */
  source: string;
  reading: Reading;
  mapping: Mapping;
};

export type ImportParts = { db: Database; repository: KnowledgeRepository; index: SearchIndex; now: () => number };

export type ImportHooks = {
  /** Rows read so far and, from the bytes read, about how many there are; undefined while the index is written. */
  progress: (rows: number, total: number | undefined, phase: 'reading' | 'indexing') => void;
  refused: (row: RefusedRow) => void;
  cancelled: () => boolean;
  /** Called between two steps; the import goes on when it is done. */
  settle: () => Promise<void>;
};

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Imports one file in one transaction: records and search index become visible together at its end,
 * or not at all. Runs on a connection of its own, so that readers keep the state before it.
 * Throws ImportCancelled, UnreadableFileError, or what SQLite throws; in each case nothing has changed.
 */
export async function importCatalogue(parts: ImportParts, task: ImportTask, hooks: ImportHooks): Promise<ImportCounts> {
  const { db } = parts;
  db.exec('BEGIN IMMEDIATE');
  const changes = createIndexChanges(parts.index);
  try {
    const counts = await importRows(parts, task, hooks, changes);
    hooks.progress(counts.rows, undefined, 'indexing');
    for (const _ of changes.finish()) await turn(hooks);
    db.exec('COMMIT');
    return counts;
  } catch (cause) {
    changes.abort();
    if (db.inTransaction) db.exec('ROLLBACK');
    throw cause;
  }
}

/** Lets others have their turn, and ends the import when it was called off. */
export async function turn(hooks: Pick<ImportHooks, 'settle' | 'cancelled'>): Promise<void> {
  await breathe();
  await hooks.settle();
  if (hooks.cancelled()) throw new ImportCancelled();
}

async function importRows(parts: ImportParts, task: ImportTask, hooks: ImportHooks, changes: IndexChanges): Promise<ImportCounts> {
  const { repository, now } = parts;
  const { reading, mapping } = task;
  const source = repository.saveSource(task.source, task.job, now());
  const converter = createConverter(reading.columns, mapping);
  const counts: ImportCounts = { rows: 0, added: 0, changed: 0, same: 0, refused: 0 };
  let bytes = 0;
  for await (const rows of openRows(task.file, reading, (total) => (bytes = total))) {
    for (const row of rows) {
      counts.rows++;
      const taken = takeRow(row, { repository, converter, mapping, source });
      if ('problems' in taken) {
        counts.refused++;
        hooks.refused({ row: row.row, problems: taken.problems });
      } else {
        counts[taken.outcome]++;
        if (taken.outcome !== 'same') changes.put({ kind: 'product', record: taken.product });
      }
    }
    hooks.progress(counts.rows, bytes === 0 ? undefined : Math.max(counts.rows, Math.round((counts.rows * task.size) / bytes)), 'reading');
    await turn(hooks);
  }
  return counts;
}

type RowContext = { repository: KnowledgeRepository; converter: Converter; mapping: Mapping; source: number };
type Taken = { outcome: 'added' | 'changed' | 'same'; product: Product } | { problems: RefusedRow['problems'] };

function takeRow(row: ReadRow, { repository, converter, mapping, source }: RowContext): Taken {
  if ('problem' in row) return { problems: [row.problem] };
  const { draft, problems } = converter.convert(row.cells);
  if (problems.length > 0) return { problems: problems.slice(0, 20) };
  const before = draft.sku === undefined ? undefined : repository.json('product', draft.sku);
  const existing = before === undefined || mapping.existing === 'replace' ? undefined : (JSON.parse(before) as Product);
  const made = toProduct(draft, existing, mapping.existing, converter.columnOf);
  if (!made.ok) return { problems: made.problems };
  return { outcome: repository.putOver({ kind: 'product', record: made.product }, source, before), product: made.product };
}
