import type { Journal } from '../../db/journal.ts';
import { createLedger, type Ledger } from '../../db/ledger.ts';
import type { Db } from '../../db/open.ts';
import type { Restorer } from '../../db/restore.ts';
import type { Clock } from '../../lib/clock.ts';
import { createCallsRepository } from './calls.repository.ts';
import { createExport } from './export.ts';
import { createHistoryRepository } from './history.repository.ts';
import { createIncidentsRepository } from './incidents.repository.ts';
import { createLifecycle } from './lifecycle.ts';
import { createNotes } from './notes.ts';
import { createNotesRepository } from './notes.repository.ts';
import { createOutcomes } from './outcomes.ts';
import { DEFAULT_POLICY, type CallsPolicy } from './policy.ts';
import { createPresence } from './presence.ts';
import { createCallQueries } from './queries.ts';
import { callRestorers } from './restore.ts';
import { createRetention } from './retention.ts';
import { createWriteContext } from './write-context.ts';

export type CallsServiceDeps = {
  db: Db;
  journal: Journal;
  clock: Pick<Clock, 'now'>;
  policy?: CallsPolicy;
  /** Shared with the other features of the records process; made here when absent. */
  ledger?: Ledger;
  /** Whether a follow-up exists for a call; needed by dispositions that require one. */
  hasFollowUp?: (callId: string) => boolean;
  /** All features' restorers: pruning the journal asks them what is still there. Calls' own when absent. */
  restorers?: readonly Restorer[];
  /** When the newest backup was made, UTC ms: the journal may forget old things a backup holds. Keeps all when absent. */
  newestBackupAt?: () => number | undefined;
};

/**
 * Everything the records process does with calls. All functions are synchronous. Each command takes
 * a command id first and is applied once: repeating it after a crash returns the first answer.
 */
export function createCallsService(deps: CallsServiceDeps) {
  const { db, journal, clock } = deps;
  const policy: CallsPolicy = deps.policy ?? DEFAULT_POLICY;
  const ledger = deps.ledger ?? createLedger({ db, journal, clock });
  const calls = createCallsRepository(db);
  const notes = createNotesRepository(db);
  const incidents = createIncidentsRepository(db);
  const context = createWriteContext(calls, notes, policy);
  const presence = createPresence(db, ledger);
  const queries = createCallQueries(calls, notes, presence, policy, clock);
  return {
    ...createLifecycle(ledger, calls, context, policy),
    ...createNotes({ db, ledger, journal, notes, context, policy }),
    ...createOutcomes({ ledger, calls, notes, incidents, context, hasFollowUp: deps.hasFollowUp ?? (() => false) }),
    ...queries,
    ...createExport({ calls, queries, incidents: incidents.between }),
    ...createRetention({ db, ledger, journal, context, policy, restorers: deps.restorers ?? callRestorers, newestBackupAt: deps.newestBackupAt ?? (() => undefined) }),
    ...createHistoryRepository(db, () => policy.country),
    presence: presence.presence,
    setPresence: presence.setPresence,
    arrive: presence.arrive,
    incident: incidents.find,
    incidents: incidents.between,
  };
}

export type CallsService = ReturnType<typeof createCallsService>;
