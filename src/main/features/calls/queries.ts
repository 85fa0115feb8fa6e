import { dayMetrics, uncoveredMs, type DayMetrics, type MeasuredCall, type TimeRange } from '#shared/domain/calls/metrics.ts';
import type { CallView, Complaint, LoggedEvent } from '#shared/domain/calls/schema.ts';
import type { Clock } from '../../lib/clock.ts';
import { machineOf, toCallView } from './call-rows.ts';
import type { CallsRepository, StoredCall } from './calls.repository.ts';
import { durationsOf } from '#shared/domain/calls/durations.ts';
import type { NotesRepository, NoteVersion } from './notes.repository.ts';
import { readNumber } from './phone.ts';
import type { CallsPolicy } from './policy.ts';
import type { PresenceStore } from './presence.ts';

export type RecentDisposition = { id: string; group: string; label: string; solved: boolean; uses: number };
/** Earlier calls of a caller shown at most. */
const MOST_EARLIER = 10;
/** What was picked in the last month. */
const RECENT_MS = 30 * 86_400_000;
export type EarlierCall = { id: string; startedAt: number; disposition?: string; solved?: boolean; excerpt: string };

/** Reading of calls: nothing here changes anything. */
export function createCallQueries(calls: CallsRepository, notes: NotesRepository, presence: PresenceStore, policy: CallsPolicy, clock: Pick<Clock, 'now'>) {
  const view = (row: StoredCall): CallView => toCallView(row, notes.find(row.id), calls.fields(row.id), clock.now());

  const toEarlier = (row: StoredCall): EarlierCall => {
    const note = notes.find(row.id);
    return {
      id: row.public_id,
      startedAt: row.started_at,
      excerpt: (note?.summary || note?.text || '').slice(0, 400),
      ...(row.disposition_label === null ? {} : { disposition: row.disposition_label }),
      ...(row.solved === null ? {} : { solved: row.solved === 1 }),
    };
  };

  const earlierCalls = (number: string, options: { except?: string; limit?: number } = {}): EarlierCall[] => {
    const { e164 } = readNumber(number, policy.country);
    if (e164 === undefined) return [];
    return calls.earlier(e164, options.except ?? '', options.limit ?? MOST_EARLIER).map(toEarlier);
  };

  /** The call this one goes back to, also where the number is hidden, and the other calls of the same number, newest first. */
  const earlierOf = ({ id, number, linkedCall }: { id: string; number?: string | undefined; linkedCall?: string | undefined }): EarlierCall[] => {
    const same = number === undefined ? [] : earlierCalls(number, { except: id });
    const linked = linkedCall === undefined || same.some((one) => one.id === linkedCall) ? undefined : calls.find(linkedCall);
    return (linked === undefined ? same : [toEarlier(linked), ...same]).toSorted((a, b) => b.startedAt - a.startedAt).slice(0, MOST_EARLIER);
  };

  const metrics = (from: number, to: number): DayMetrics => {
    const now = clock.now();
    const rows = calls.startedBetween(from, to);
    const until = Math.min(to, now);
    const spans = presence.spans(from, to).map((span) => ({ ...span, from: Math.max(span.from, from), to: Math.min(span.to ?? now, until) }));
    const busy: TimeRange[] = rows.flatMap((row) => machineOf(row).spans.map((span) => ({ from: span.from, to: span.to ?? now })));
    const notReadyMs: Record<string, number> = {};
    for (const span of spans) {
      if (span.state !== 'not-ready') continue;
      notReadyMs[span.reason ?? 'break'] = (notReadyMs[span.reason ?? 'break'] ?? 0) + Math.max(0, span.to - span.from);
    }
    const idleMs = uncoveredMs(spans.filter((span) => span.state === 'available'), busy);
    return dayMetrics(rows.map((row) => measured(row, now)), { idleMs, notReadyMs });
  };

  return {
    /** One call, or undefined when it was erased. */
    get: (callId: string): CallView | undefined => {
      const row = calls.find(callId);
      return row === undefined ? undefined : view(row);
    },
    /** Calls that were not finished: after a crash they are offered again with every acknowledged word. */
    openCalls: (): CallView[] => calls.open().map(view),
    noteVersions: (callId: string): NoteVersion[] => {
      const row = calls.find(callId);
      return row === undefined ? [] : notes.versions(row.id);
    },
    events: (callId: string): LoggedEvent[] => {
      const row = calls.find(callId);
      return row === undefined ? [] : calls.events(row.id).map(({ data, ...event }) => ({ ...event, data: JSON.parse(data) as LoggedEvent['data'] }));
    },
    complaint: (callId: string): Complaint | undefined => {
      const row = calls.find(callId);
      const found = row === undefined ? undefined : calls.complaint(row.id);
      return found === undefined ? undefined : { category: found.category, promised: found.promised, resolved: found.resolved === 1, resolution: found.resolution };
    },
    /** Warnings given in a call, by category. */
    warnings: (callId: string): Record<string, number> => {
      const row = calls.find(callId);
      const counts: Record<string, number> = {};
      for (const event of row === undefined ? [] : calls.events(row.id)) {
        if (event.type !== 'warning') continue;
        const { category } = JSON.parse(event.data) as { category?: string };
        counts[category ?? 'other'] = (counts[category ?? 'other'] ?? 0) + 1;
      }
      return counts;
    },
    /** The dispositions this desk picks most, for the number keys of wrap-up. */
    recentDispositions: (limit: number): RecentDisposition[] =>
      calls.recentDispositions(clock.now() - RECENT_MS, limit).map(({ id, group, label, solved, uses }) => ({ id, group: group ?? '', label: label ?? id, solved: solved === 1, uses })),
    /** The same caller's other calls, newest first. Hidden numbers never match anything. */
    earlierCalls,
    earlierOf,
    /** The agent's figures for calls started in [from, to), UTC ms; the caller decides where its day begins. */
    metricsForDay: metrics,
  };
}

function measured(row: StoredCall, now: number): MeasuredCall {
  return {
    startedAt: row.started_at,
    direction: row.direction,
    answered: row.answered_at !== null,
    durations: durationsOf(machineOf(row), now),
    ...(row.disposition === null ? {} : { disposition: { id: row.disposition, label: row.disposition_label ?? row.disposition, solved: row.solved === 1 } }),
  };
}
