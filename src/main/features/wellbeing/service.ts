import { randomUUID } from 'node:crypto';
import { breakRecordSchema } from '#shared/domain/wellbeing/events.ts';
import { applyLoad, loadOf, NO_LOAD, type LoadEvent } from '#shared/domain/wellbeing/load.ts';
import { hardCallKindSchema } from '#shared/domain/wellbeing/rules.ts';
import { ledgerSchema, type Ledger as DayLedger } from '#shared/domain/wellbeing/state.ts';
import { winKindSchema, type IdeaUse, type LoadView, type WellbeingHistory, type Win } from '#shared/ipc/wellbeing.ts';
import type { Ledger, Tx } from '../../db/ledger.ts';
import type { Db } from '../../db/open.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Masking } from '../../lib/live-rules.ts';
import { toCsv, toJson } from './export.ts';
import type { PlannerStore } from './planner-store.ts';
import { endedCalls, wellbeingTable, type WellbeingKind, type WellbeingRows } from './repository.ts';
import { newStatementKey, signedStatement } from './statement.ts';
import { readStored } from './stored.ts';

export type WellbeingServiceDeps = { db: Db; ledger: Ledger; clock: Pick<Clock, 'now'>; planner: Pick<PlannerStore, 'load'>; masking: Masking };

const EVER = 8_640_000_000_000_000;
const COURSE_STEP_MS = 15 * 60_000;

/** The agent's own book: what was rested, how it felt, what went well. Nothing of it has a way out but the agent's own export. */
export function createWellbeingService({ db, ledger, clock, planner, masking }: WellbeingServiceDeps) {
  const breaks = wellbeingTable(db, 'break-record');
  const days = wellbeingTable(db, 'break-day');
  const hard = wellbeingTable(db, 'hard-call');
  const checkIns = wellbeingTable(db, 'check-in');
  const wins = wellbeingTable(db, 'win');
  const ideas = wellbeingTable(db, 'break-idea-use');
  const keys = wellbeingTable(db, 'statement-key');
  const newestKey = () => keys.between(0, EVER).at(-1);
  const calls = endedCalls(db);

  const today = (): DayLedger | undefined => {
    const stored = planner.load();
    const read = stored === undefined ? undefined : readStored(stored.data);
    return read === undefined || read.planner.ledger.startedAt === null ? undefined : read.planner.ledger;
  };
  const daysBetween = (fromDay: string, toDay: string): DayLedger[] => {
    const closed = days.between(0, EVER).flatMap((row) => ledgerSchema.safeParse(JSON.parse(row.data)).data ?? []);
    const current = today();
    const all = current === undefined ? closed : [...closed, current];
    return all.filter((day) => day.day >= fromDay && day.day <= toDay).toSorted((left, right) => (left.startedAt ?? 0) - (right.startedAt ?? 0));
  };
  const history = (from: number, to: number, fromDay: string, toDay: string): WellbeingHistory => ({
    breaks: breaks.between(from, to).map(toBreak),
    checkIns: checkIns.between(from, to).map(({ at, value, note }) => ({ at, value, note })),
    hardCalls: hard.between(from, to).map(({ at, kind }) => ({ at, kind: hardCallKindSchema.parse(kind) })),
    days: daysBetween(fromDay, toDay),
  });
  const allWins = (): Win[] => wins.between(0, EVER).map(({ public_id, at, kind, text }) => ({ id: public_id, at, kind: winKindSchema.parse(kind), text }));
  const everything = () => ({ ...history(0, EVER, '0000-01-01', '9999-12-31'), wins: allWins() });

  const loadEvents = (from: number, to: number): LoadEvent[] => {
    const events: LoadEvent[] = [];
    let before = from;
    for (const call of calls(from, to)) {
      events.push({ type: 'callEnded', at: call.endedAt, talkMs: Math.max(0, call.talkMs), gapMs: Math.max(0, call.startedAt - before) });
      before = call.endedAt;
    }
    for (const one of breaks.between(from, to)) if (one.what === 'taken' || one.what === 'ended-early' || one.what === 'absence') events.push({ type: 'rested', at: one.at, ms: one.ms });
    for (const one of hard.between(from, to)) events.push({ type: 'hardCall', at: one.at, kind: hardCallKindSchema.parse(one.kind) });
    for (const one of checkIns.between(from, to)) events.push({ type: 'checkIn', at: one.at, value: one.value });
    events.sort((left, right) => left.at - right.at);
    const start = dayStart(from, to, today(), events);
    return start === undefined ? [] : [{ type: 'dayStarted', at: start }, ...events];
  };

  return {
    history,
    /** The gauge at `to` or now, whichever is earlier, and its course since `from`, UTC ms. */
    load: (from: number, to: number): LoadView => {
      const until = Math.min(to, clock.now());
      const events = loadEvents(from, until + 1);
      let state = NO_LOAD;
      let next = 0;
      const course: { at: number; level: number }[] = [];
      const takeUntil = (at: number): void => {
        for (let event = events[next]; event !== undefined && event.at <= at; event = events[next]) { state = applyLoad(state, event); next += 1; }
      };
      for (let at = events[0]?.at ?? until; at < until; at += COURSE_STEP_MS) {
        takeUntil(at);
        course.push({ at: Math.round(at), level: loadOf(state, at).level });
      }
      takeUntil(until);
      const now = loadOf(state, until);
      if (events.length > 0) course.push({ at: until, level: now.level });
      return { level: now.level, band: now.band, contributions: now.contributions.map((line) => ({ ...line, params: { ...line.params } })), course };
    },
    /** Newest first; `search` matches anywhere, whatever the accents and capitals. */
    wins: (search?: string): Win[] => {
      const words = fold(search ?? '').split(/\s+/).filter(Boolean);
      return allWins().filter((win) => words.every((word) => fold(win.text).includes(word))).toReversed();
    },
    addWins: (commandId: string, kind: Win['kind'], lines: readonly string[]): void =>
      ledger.run(commandId, 'wellbeing.add-wins', (tx) => {
        for (const text of lines) put(tx, 'win', { public_id: randomUUID(), at: tx.at, kind, text: masking.text(text) });
      }),
    removeWin: (commandId: string, id: string): void =>
      ledger.run(commandId, 'wellbeing.remove-win', (tx) => {
        wins.remove(id);
        tx.journal('win', id, null);
      }),
    ideas: (): IdeaUse[] => ideas.between(0, EVER).map(({ idea, at, started, finished }) => ({ idea, at, started, finished })),
    /** Counted by idea, so that what this agent finishes is offered first. */
    ideaUsed: (commandId: string, idea: string, finished: boolean): void =>
      ledger.run(commandId, 'wellbeing.idea-used', (tx) => {
        const before = ideas.between(0, EVER).find((one) => one.idea === idea);
        // Ids are never used twice: one that was erased stays erased.
        put(tx, 'break-idea-use', { public_id: before?.public_id ?? randomUUID(), at: tx.at, idea, started: (before?.started ?? 0) + (finished ? 0 : 1), finished: (before?.finished ?? 0) + (finished ? 1 : 0) });
      }),
    exportOwn: (format: 'json' | 'csv'): { name: string; text: string } => ({ name: `my-day.${format}`, text: format === 'json' ? toJson(everything()) : toCsv(everything()) }),
    statement: (commandId: string, input: { fromDay: string; toDay: string; name: string; recovery: boolean }): { name: string; text: string } => {
      ledger.run(commandId, 'wellbeing.statement', (tx) => {
        if (newestKey() === undefined) put(tx, 'statement-key', { public_id: randomUUID(), at: tx.at, data: newStatementKey() });
      });
      const key = newestKey();
      if (key === undefined) throw new Error('the statement key was stored and is not there');
      return { name: `breaks ${input.fromDay} to ${input.toDay}.json`, text: signedStatement({ ...input, writtenAt: clock.now(), ledgers: daysBetween(input.fromDay, input.toDay), key: key.data }) };
    },
  };
}

export type WellbeingService = ReturnType<typeof createWellbeingService>;

function put<K extends WellbeingKind>(tx: Tx, kind: K, row: WellbeingRows[K]): void {
  wellbeingTable(tx.db, kind).put(row);
  tx.journal(kind, row.public_id, row);
}

function toBreak({ at, what, kind, ms, counted, reason }: WellbeingRows['break-record']): WellbeingHistory['breaks'][number] {
  return breakRecordSchema.parse({ at, what, kind, ms, counted: counted === 1, ...(reason === null ? {} : { reason }) });
}

/** The day began with its first work as the planner booked it, or with the first thing that is known of it. */
function dayStart(from: number, to: number, ledger: DayLedger | undefined, events: readonly LoadEvent[]): number | undefined {
  const booked = ledger?.startedAt ?? undefined;
  const first = events[0]?.at;
  const known = [booked, first].filter((at): at is number => at !== undefined && at >= from && at <= to);
  return known.length === 0 ? undefined : Math.min(...known);
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
