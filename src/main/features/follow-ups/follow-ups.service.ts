import { randomUUID } from 'node:crypto';
import { toIcs } from '#shared/domain/follow-ups/ics.ts';
import { DUE_SOON_MS, wakesAt, type CreateFollowUp, type EditFollowUp, type FollowUp } from '#shared/domain/follow-ups/schema.ts';
import { pausedScriptSchema, withoutSensitive } from '#shared/domain/scripts/pause.ts';
import { CallsideError } from '#shared/ipc/errors.ts';
import type { Ledger, Tx } from '../../db/ledger.ts';
import type { Db } from '../../db/open.ts';
import type { Clock } from '../../lib/clock.ts';
import { createLiveRules, type Masking } from '../../lib/live-rules.ts';
import { createFollowUpsRepository, toFollowUp, type FollowUpRow } from './follow-ups.repository.ts';
import { FOLLOW_UP_KIND } from './restore.ts';

export type FollowUpsServiceDeps = { db: Db; ledger: Ledger; clock: Pick<Clock, 'now'>; /** Card numbers alone when absent. */ masking?: Masking };

/** What an agent has to be told at the next gap between calls. Never to be shown during one. */
export type Reminders = { due: FollowUp[]; /** When to ask again, UTC ms; absent when nothing is open. */ nextAt?: number; overdue: number };

const DAY_MS = 86_400_000;

/** Promises, call-backs and e-mails to send, which come back by themselves. Commands take a command id and run once. */
export function createFollowUpsService({ db, ledger, clock, masking = createLiveRules().masking }: FollowUpsServiceDeps) {
  const rows = createFollowUpsRepository(db);
  const mask = masking.text;

  const save = (tx: Tx, row: FollowUpRow): void => {
    rows.put(row);
    tx.journal(FOLLOW_UP_KIND, row.public_id, row);
  };
  const change = (commandId: string, name: string, id: string, edit: (row: FollowUpRow, tx: Tx) => Partial<FollowUpRow>): { id: string } =>
    ledger.run(commandId, name, (tx) => {
      const row = rows.find(id);
      if (row === undefined) throw new CallsideError('not-found', 'This follow-up is not there any more.');
      save(tx, { ...row, ...edit(row, tx), rev: row.rev + 1 });
      return { id };
    });

  return {
    create: (commandId: string, input: CreateFollowUp): { id: string } =>
      ledger.run(commandId, 'follow-ups.create', (tx) => {
        const row = newRow(input, tx.at, masking);
        if (rows.find(row.public_id) === undefined) save(tx, row);
        return { id: row.public_id };
      }),
    edit: (commandId: string, input: EditFollowUp): { id: string } =>
      change(commandId, 'follow-ups.edit', input.id, (row) => ({
        kind: input.kind ?? row.kind,
        text: input.text === undefined ? row.text : mask(input.text),
        due_words: input.dueWords === undefined ? row.due_words : mask(input.dueWords),
        ...(input.dueAt === undefined ? {} : { due_at: input.dueAt, snoozed_until: null, reminded_at: null }),
      })),
    /** Puts the reminder off; the due time and with it "overdue" stay as promised. */
    snooze: (commandId: string, id: string, until: number): { id: string } =>
      change(commandId, 'follow-ups.snooze', id, (row) => ({ snoozed_until: until, snoozes: row.snoozes + 1, reminded_at: null })),
    done: (commandId: string, id: string, outcome: string): { id: string } =>
      change(commandId, 'follow-ups.done', id, (_row, tx) => ({ state: 'done', closed_at: tx.at, outcome: mask(outcome) })),
    cancel: (commandId: string, id: string, outcome: string): { id: string } =>
      change(commandId, 'follow-ups.cancel', id, (_row, tx) => ({ state: 'cancelled', closed_at: tx.at, outcome: mask(outcome) })),
    reopen: (commandId: string, id: string): { id: string } =>
      change(commandId, 'follow-ups.reopen', id, () => ({ state: 'open', closed_at: null, outcome: null, reminded_at: null })),
    /** Notes that the agent was reminded, so that the same reminder does not come at every gap. */
    reminded: (commandId: string, id: string): { id: string } => change(commandId, 'follow-ups.reminded', id, (_row, tx) => ({ reminded_at: tx.at })),

    get: (id: string): FollowUp | undefined => {
      const row = rows.find(id);
      return row === undefined ? undefined : toFollowUp(row);
    },
    /** Open ones, soonest first. */
    open: (): FollowUp[] => rows.open().map(toFollowUp),
    closed: (limit: number): FollowUp[] => rows.closed(limit).map(toFollowUp),
    ofCall: (callId: string): FollowUp[] => rows.ofCall(callId).map(toFollowUp),
    hasFor: (callId: string): boolean => rows.ofCall(callId).some((row) => row.state !== 'cancelled'),
    /** What to say now and when to ask again; the caller holds it back while a call is live. */
    reminders: (): Reminders => {
      const now = clock.now();
      const all = rows.open();
      const waking = (row: FollowUpRow): number => wakesAt(toFollowUp(row)) - (row.snoozed_until === null ? DUE_SOON_MS : 0);
      const later = all.map(waking).filter((at) => at > now);
      return {
        due: all.filter((row) => row.reminded_at === null && waking(row) <= now).map(toFollowUp),
        overdue: all.filter((row) => row.due_at <= now).length,
        ...(later.length === 0 ? {} : { nextAt: Math.min(...later) }),
      };
    },
    ics: (ids: readonly string[]): string => toIcs(ids.flatMap((id) => rows.find(id) ?? []).map(toFollowUp), clock.now()),
    /**
     * Takes sensitive values out of scripts that wait, once they are older than they may be kept, and of scripts
     * nobody will take up, a day after the follow-up was closed. Returns how many follow-ups had some.
     */
    forgetSensitive: (newId: () => string, now: number, keptDays: number): number => {
      const due = rows.withSensitive(now - keptDays * DAY_MS, now - DAY_MS);
      for (const { public_id: id } of due) change(newId(), 'follow-ups.forget-sensitive', id, ({ script_state }) => ({ script_state: scriptWithoutSensitive(script_state) }));
      return due.length;
    },
    /** Deletes closed ones past their retention. */
    purge: (commandId: string, now: number, retentionDays: number): { deleted: number } =>
      ledger.run(commandId, 'follow-ups.purge', () => ({ deleted: rows.removeClosedBefore(now - retentionDays * DAY_MS) })),
  };
}

export type FollowUpsService = ReturnType<typeof createFollowUpsService>;

/** Digits too many for any telephone number may be a card's; a number somebody has to call stays as it is. */
function shownNumber(number: string, mask: (text: string) => string): string {
  return number.replaceAll(/\D/gu, '').length > 15 ? mask(number) : number;
}

/** What cannot be read as a waiting script holds nothing anybody could take up: it goes as a whole. */
function scriptWithoutSensitive(stored: string | null): string | null {
  const paused = stored === null ? undefined : pausedScriptSchema.safeParse(JSON.parse(stored));
  return paused?.success === true ? JSON.stringify(withoutSensitive(paused.data)) : null;
}

function newRow(input: CreateFollowUp, at: number, masking: Masking): FollowUpRow {
  const mask = masking.text;
  return {
    public_id: input.id ?? randomUUID(),
    rev: 1,
    call_public_id: input.callId ?? null,
    kind: input.kind,
    state: 'open',
    text: mask(input.text),
    contact_name: input.name === undefined ? null : mask(input.name),
    contact_number: input.number === undefined ? null : shownNumber(input.number, mask),
    due_at: input.dueAt,
    due_words: mask(input.dueWords),
    created_at: at,
    snoozed_until: null,
    snoozes: 0,
    reminded_at: null,
    closed_at: null,
    outcome: null,
    script_state: input.scriptState === undefined ? null : JSON.stringify(masking.data(input.scriptState)),
  };
}
