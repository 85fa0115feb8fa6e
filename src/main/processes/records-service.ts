import { openJournal } from '#main/db/journal.ts';
import { migrate } from '#main/db/migrate.ts';
import { recordsMigrations } from '#main/db/migrations/records/index.ts';
import { openDatabase } from '#main/db/open.ts';
import { createCallsService } from '#main/features/calls/index.ts';
import { systemClock } from '#main/lib/clock.ts';
import { recordPaths } from '#main/lib/paths.ts';
import { answerFrom } from './answer.ts';
import { createCallsHandlers } from './calls-handlers.ts';
import type { ProcessConfig } from './protocol.ts';
import type { Service, ServeTools } from './serve.ts';

/** Opens records.db with its journal and answers every records route. */
export function openRecordsService(config: ProcessConfig, tools: ServeTools): Service {
  const paths = recordPaths(config.dataDir);
  const key = config.key === undefined ? undefined : Buffer.from(config.key, 'base64');
  const db = openDatabase({ file: paths.database, kind: 'records', key });
  migrate(db, recordsMigrations);
  const { journal } = openJournal({ file: paths.journal, key });
  const calls = createCallsService({ db, journal, clock: systemClock });
  const handle = answerFrom<'records'>({
    ...createCallsHandlers(calls, (callId) => tools.publish('calls.changed', { callId })),
  });
  return {
    handle,
    close: () => {
      journal.close();
      db.close();
    },
  };
}
