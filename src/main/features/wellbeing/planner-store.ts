import { z } from 'zod';
import { instantSchema, LIMITS } from '#shared/domain/common.ts';
import { breakRecordSchema } from '#shared/domain/wellbeing/events.ts';
import { hardCallKindSchema } from '#shared/domain/wellbeing/rules.ts';
import { ledgerSchema } from '#shared/domain/wellbeing/state.ts';
import type { Ledger, Tx } from '../../db/ledger.ts';
import type { Db } from '../../db/open.ts';
import type { Masking } from '../../lib/live-rules.ts';
import { wellbeingTable, type WellbeingKind, type WellbeingRows } from './repository.ts';

/** Something for the private log, written together with the state it belongs to. */
export const logEntrySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('break'), id: z.string().max(LIMITS.id), entry: breakRecordSchema }),
  z.strictObject({ type: z.literal('day'), at: instantSchema, ledger: ledgerSchema }),
  z.strictObject({ type: z.literal('hardCall'), id: z.string().max(LIMITS.id), at: instantSchema, kind: hardCallKindSchema, callId: z.string().max(LIMITS.id).optional() }),
  z.strictObject({ type: z.literal('checkIn'), id: z.string().max(LIMITS.id), at: instantSchema, value: z.int().min(1).max(5), note: z.string().max(LIMITS.line) }),
]);
export type LogEntry = z.infer<typeof logEntrySchema>;

export const plannerSaveSchema = z.strictObject({
  /** Name of this planner's life; a new one begins when everything was erased. */
  life: z.string().min(1).max(LIMITS.id),
  /** Counts up with each save: an older one that comes late changes nothing. */
  seq: z.int().min(0),
  at: instantSchema,
  data: z.string().max(LIMITS.body),
  entries: z.array(logEntrySchema).max(1_000),
});
export type PlannerSave = z.infer<typeof plannerSaveSchema>;

export type StoredPlanner = { life: string; seq: number; data: string };
export type PlannerStoreDeps = { db: Db; ledger: Ledger; /** Rows were written beside the ledger. */ touched: () => void; masking: Masking };

const EVER = 8_640_000_000_000_000;

/** Where the planner's state is kept, rewritten each tick, with what has to be remembered for good. */
export function createPlannerStore({ db, ledger, touched, masking }: PlannerStoreDeps) {
  const states = wellbeingTable(db, 'planner-state');
  const newest = (): WellbeingRows['planner-state'] | undefined => states.between(0, EVER).at(-1);

  const putState = ({ life, seq, at, data }: PlannerSave): void => {
    const stored = states.find(life);
    if (stored !== undefined && stored.seq >= seq) return;
    if (stored === undefined) states.clear();
    states.put({ public_id: life, at, seq, data });
  };

  return {
    load: (): StoredPlanner | undefined => {
      const row = newest();
      return row === undefined ? undefined : { life: row.public_id, seq: row.seq, data: row.data };
    },
    /** State alone is a plain write: it is whole each time. With something to remember it is a command, journaled, run once. */
    save: (commandId: string, save: PlannerSave): void => {
      if (save.entries.length === 0) {
        db.transaction(() => putState(save)).immediate();
        touched();
        return;
      }
      ledger.run(commandId, 'wellbeing.planner', (tx) => {
        putState(save);
        for (const entry of save.entries) keep(tx, entry, masking);
      });
    },
  };
}

function keep(tx: Tx, entry: LogEntry, masking: Masking): void {
  switch (entry.type) {
    case 'break': {
      const { at, what, kind, ms, counted, reason } = entry.entry;
      put(tx, 'break-record', { public_id: entry.id, at, what, kind, ms, counted: counted ? 1 : 0, reason: reason === undefined ? null : masking.text(reason) });
      return;
    }
    case 'day':
      put(tx, 'break-day', { public_id: `${entry.ledger.day}.${entry.ledger.startedAt ?? 0}`, at: entry.at, day: entry.ledger.day, data: JSON.stringify(entry.ledger) });
      return;
    case 'hardCall':
      put(tx, 'hard-call', { public_id: entry.id, at: entry.at, kind: entry.kind, call_ref: entry.callId ?? null });
      return;
    case 'checkIn':
      put(tx, 'check-in', { public_id: entry.id, at: entry.at, value: entry.value, note: masking.text(entry.note) });
      return;
    default:
      entry satisfies never;
  }
}

function put<K extends WellbeingKind>(tx: Tx, kind: K, row: WellbeingRows[K]): void {
  wellbeingTable(tx.db, kind).put(row);
  tx.journal(kind, row.public_id, row);
}

export type PlannerStore = ReturnType<typeof createPlannerStore>;
