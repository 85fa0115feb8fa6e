import { migrate } from '#main/db/migrate.ts';
import { recordsMigrations } from '#main/db/migrations/records/index.ts';
import { openDatabase } from '#main/db/open.ts';

// Runs the history of records.db and kills itself inside one step, after its SQL and before its commit.
const [file = '', key = '', version = ''] = process.argv.slice(2);
const db = openDatabase({ file, kind: 'records', key: Buffer.from(key, 'hex') });
migrate(db, recordsMigrations.map((step) => ({
  ...step,
  up: (target) => {
    step.up(target);
    if (step.version === Number(version)) process.kill(process.pid, 'SIGKILL');
  },
})));
