import type { CallDurations } from './durations.ts';

/** One finished or running call, as the day's figures need it. */
export type MeasuredCall = {
  startedAt: number;
  direction: 'in' | 'out';
  /** False for calls missed or declined: they have no handling time. */
  answered: boolean;
  durations: CallDurations;
  disposition?: { id: string; label: string; solved: boolean };
};

/** Time the desk was ready and no call was open, in ms. */
export type IdleTime = { idleMs: number; notReadyMs: Record<string, number> };

export type DayMetrics = {
  calls: number;
  missed: number;
  talkMs: number;
  holdMs: number;
  /** After-call work, also called wrap-up. */
  acwMs: number;
  idleMs: number;
  notReadyMs: Record<string, number>;
  /** (talk + hold + ACW) / calls; absent without calls. */
  ahtMs?: number;
  /** (talk + hold + ACW) / (talk + hold + ACW + idle), 0–1; absent when both are nothing. */
  occupancy?: number;
  /** Share of wrapped-up inbound calls whose disposition counts as solved in first contact, 0–1. */
  fcr?: number;
  byDisposition: { id: string; label: string; calls: number; solved: number; ahtMs: number }[];
};

/**
 * The figures of a day with the field's usual definitions (SWPP pocket guide of call-centre terms;
 * WFM Labs contact-center metrics glossary). Raw sums are returned beside the ratios, because
 * vendors name and cut them differently.
 */
export function dayMetrics(calls: readonly MeasuredCall[], idle: IdleTime): DayMetrics {
  const answered = calls.filter((call) => call.answered);
  const sum = (pick: (durations: CallDurations) => number): number => answered.reduce((total, call) => total + pick(call.durations), 0);
  const talkMs = sum((d) => d.talkMs);
  const holdMs = sum((d) => d.holdMs);
  const acwMs = sum((d) => d.wrapUpMs);
  const handled = talkMs + holdMs + acwMs;
  const coded = answered.filter((call) => call.direction === 'in' && call.disposition !== undefined);
  return {
    calls: answered.length,
    missed: calls.length - answered.length,
    talkMs,
    holdMs,
    acwMs,
    idleMs: idle.idleMs,
    notReadyMs: idle.notReadyMs,
    ...(answered.length === 0 ? {} : { ahtMs: handled / answered.length }),
    ...(handled + idle.idleMs === 0 ? {} : { occupancy: handled / (handled + idle.idleMs) }),
    ...(coded.length === 0 ? {} : { fcr: coded.filter((call) => call.disposition?.solved).length / coded.length }),
    byDisposition: groupByDisposition(answered),
  };
}

function groupByDisposition(calls: readonly MeasuredCall[]): DayMetrics['byDisposition'] {
  const groups = new Map<string, { id: string; label: string; calls: number; solved: number; totalMs: number }>();
  for (const { disposition, durations } of calls) {
    if (disposition === undefined) continue;
    const group = groups.get(disposition.id) ?? { id: disposition.id, label: disposition.label, calls: 0, solved: 0, totalMs: 0 };
    group.calls += 1;
    group.solved += disposition.solved ? 1 : 0;
    group.totalMs += durations.talkMs + durations.holdMs + durations.wrapUpMs;
    groups.set(disposition.id, group);
  }
  return [...groups.values()].toSorted((a, b) => b.calls - a.calls).map(({ totalMs, ...group }) => ({ ...group, ahtMs: totalMs / group.calls }));
}

export type TimeRange = { from: number; to: number };

/** How much of `ranges` is left after `busy` is taken out, in ms. Ranges of either list may overlap. */
export function uncoveredMs(ranges: readonly TimeRange[], busy: readonly TimeRange[]): number {
  return measure(union(ranges)) - measure(intersect(union(ranges), union(busy)));
}

function union(ranges: readonly TimeRange[]): TimeRange[] {
  const out: TimeRange[] = [];
  for (const range of ranges.filter((one) => one.to > one.from).toSorted((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last !== undefined && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else out.push({ ...range });
  }
  return out;
}

function intersect(a: readonly TimeRange[], b: readonly TimeRange[]): TimeRange[] {
  return a.flatMap((one) => b.map((other) => ({ from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) })).filter((range) => range.to > range.from));
}

function measure(ranges: readonly TimeRange[]): number {
  return ranges.reduce((total, range) => total + range.to - range.from, 0);
}
