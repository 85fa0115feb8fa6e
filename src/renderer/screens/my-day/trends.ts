import { SCHEDULED_KINDS } from '#shared/domain/wellbeing/rules.ts';
import { owedOf } from '#shared/domain/wellbeing/state.ts';
import type { WellbeingHistory } from '#shared/ipc/wellbeing.ts';
import { localDay } from './use-history.ts';

export const HARD_KINDS = ['draining', 'abusive', 'threat', 'distressing'] as const;

/** Figures of one local day; null where nothing is known. */
export type DayTrend = {
  day: string;
  taken: number | null;
  open: number | null;
  talkMs: number | null;
  checkIn: number | null;
  hard: Record<(typeof HARD_KINDS)[number], number>;
};

/** One entry per day of the span, known or not. Several shifts of one day add up. */
export function trendsOf(days: readonly string[], history: WellbeingHistory): DayTrend[] {
  return days.map((day) => {
    const ledgers = history.days.filter((one) => one.day === day);
    const known = ledgers.length > 0;
    const sum = (pick: (ledger: (typeof ledgers)[number]) => number): number | null => (known ? ledgers.reduce((total, ledger) => total + pick(ledger), 0) : null);
    const values = history.checkIns.filter((one) => localDay(one.at) === day).map((one) => one.value);
    const hard = { draining: 0, abusive: 0, threat: 0, distressing: 0 };
    for (const one of history.hardCalls) if (localDay(one.at) === day) hard[one.kind] += 1;
    return {
      day,
      taken: sum((ledger) => SCHEDULED_KINDS.reduce((total, kind) => total + ledger[kind].taken + ledger[kind].extra, ledger.recovery.taken)),
      open: sum((ledger) => SCHEDULED_KINDS.reduce((total, kind) => total + owedOf(ledger, kind), owedOf(ledger, 'recovery'))),
      talkMs: sum((ledger) => ledger.talkMs),
      checkIn: values.length === 0 ? null : values.reduce((total, value) => total + value, 0) / values.length,
      hard,
    };
  });
}
