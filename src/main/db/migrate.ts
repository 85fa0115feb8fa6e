import { DbError } from './errors.ts';
import type { Db } from './open.ts';

/** One step of a database's history. Never edited after release: a test compares its hash. */
export type Migration = {
  /** 1, 2, 3… without gaps. */
  readonly version: number;
  readonly name: string;
  /** Only SQL. Runs inside a transaction that also sets `user_version`. */
  readonly up: (db: Db) => void;
};

export type MigrateOptions = {
  /** Stop at this version; for tests of single steps. */
  to?: number;
  /** Called once before the first step when the file already holds data. Throwing stops the migration. */
  backupFirst?: (from: number) => void;
};

export type MigrateResult = { from: number; to: number; applied: string[] };

/** The version a database file has; 0 for a fresh one. */
export function schemaVersion(db: Db): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/**
 * Brings `db` to the newest version, one transaction per step. A file written by a newer program
 * is refused untouched; a step that fails leaves the file at the version before it.
 */
export function migrate(db: Db, migrations: readonly Migration[], options: MigrateOptions = {}): MigrateResult {
  assertNoGaps(migrations);
  const head = options.to ?? migrations.length;
  const from = schemaVersion(db);
  if (from > migrations.length) throw new DbError('from-the-future', db.name, new Error(`version ${from}, known ${migrations.length}`));
  const pending = migrations.filter((step) => step.version > from && step.version <= head);
  if (pending.length > 0 && from > 0) options.backupFirst?.(from);
  const applied: string[] = [];
  for (const step of pending) {
    runStep(db, step);
    applied.push(step.name);
  }
  return { from, to: schemaVersion(db), applied };
}

function runStep(db: Db, step: Migration): void {
  try {
    db.transaction(() => {
      step.up(db);
      const orphans = db.pragma('foreign_key_check') as unknown[];
      if (orphans.length > 0) throw new Error(`${orphans.length} rows point nowhere after ${step.name}`);
      db.pragma(`user_version = ${step.version}`);
    }).immediate();
  } catch (cause) {
    if (typeof cause === 'object' && cause !== null && 'code' in cause) throw cause;
    throw new DbError('migration', db.name, cause);
  }
}

function assertNoGaps(migrations: readonly Migration[]): void {
  for (const [index, step] of migrations.entries()) {
    if (step.version !== index + 1) throw new Error(`Migration ${step.name} has version ${step.version}, expected ${index + 1}.`);
  }
}

/** The schema as text, sorted, for comparison with the committed `schema.sql`. */
export function dumpSchema(db: Db): string {
  const rows = db
    .prepare<[], { sql: string }>("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type = 'table' DESC, tbl_name, type, name")
    .all();
  return `${rows.map((row) => `${row.sql.trim()};`).join('\n\n')}\n`;
}
