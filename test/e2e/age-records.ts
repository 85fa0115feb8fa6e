import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '#main/db/open.ts';

/** Instants of our time in ms; smaller numbers are counts and durations. */
const INSTANT = 1_500_000_000_000;

/** Lets time pass for a closed desk: every instant in its records moves `ms` into the past, which is the same as starting it so much later. */
export function ageRecords(dataDir: string, ms: number): void {
  const { wrapped } = JSON.parse(readFileSync(join(dataDir, 'records.key.json'), 'utf8')) as { wrapped: string };
  const db = openDatabase({ file: join(dataDir, 'records.db'), kind: 'records', key: Buffer.from(wrapped, 'base64'), mustExist: true });
  try {
    const tables = db.prepare<[], { name: string }>("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'").all();
    db.transaction(() => {
      for (const { name: table } of tables) {
        for (const { name: column, type } of db.prepare<[string], { name: string; type: string }>('SELECT name, type FROM pragma_table_info(?)').all(table)) {
          if (type === 'INTEGER') db.prepare(`UPDATE "${table}" SET "${column}" = "${column}" - ? WHERE "${column}" > ?`).run(ms, INSTANT);
        }
      }
    })();
  } finally {
    db.close();
  }
}
