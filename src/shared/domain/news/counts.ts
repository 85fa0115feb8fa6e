import { z } from 'zod';
import { daySchema, LIMITS } from '../common.ts';

/** Kinds whose use is counted: an agent opens one at a time. */
export const COUNTED_KINDS = ['script', 'article', 'product'] as const;
export type CountedKind = (typeof COUNTED_KINDS)[number];
const count = z.int().min(1);

export const gapCountSchema = z.strictObject({ day: daySchema, text: z.string().max(LIMITS.line), /** Something was found and not used. */ found: z.boolean(), count });
/** How often a record was opened in the time told of; `day`: the last one on which it was. */
export const useCountSchema = z.strictObject({ day: daySchema, kind: z.enum(COUNTED_KINDS), key: z.string().max(LIMITS.id), count });
export type GapCount = z.infer<typeof gapCountSchema>;
export type UseCount = z.infer<typeof useCountSchema>;

/** What a desk tells of whole days that are over: what was searched in vain, and what was opened. Counts, and nothing of who or when. */
export const countsSchema = z.strictObject({
  /** The first of the days told of. */
  since: daySchema,
  gaps: z.array(gapCountSchema).max(300),
  used: z.array(useCountSchema).max(1_500),
});
export type Counts = z.infer<typeof countsSchema>;

/** Days a desk tells of. */
export const COUNTED_DAYS = 60;

const DAY_MS = 86_400_000;

/** The calendar day `back` days before the one of `now` (UTC ms). */
export function dayBefore(now: number, back: number): string {
  return new Date(now - back * DAY_MS).toISOString().slice(0, 10);
}

/** Long numbers in a search are a customer's or an order's, and no gap in the knowledge. */
export function isTellable({ text }: Pick<GapCount, 'text'>): boolean {
  return !/\d{5,}/.test(text.replaceAll(/[\s-]/g, ''));
}

export type Gap = { text: string; found: boolean; count: number; /** Desks that searched for it. */ desks: number; lastDay: string };

/** Gaps of several desks as one list, the most searched for first. */
export function sumGaps(desks: readonly (readonly GapCount[])[]): Gap[] {
  const sums = new Map<string, Gap>();
  for (const gaps of desks) {
    const here = new Set<string>();
    for (const { text, found, count: times, day } of gaps) {
      const name = `${found} ${text}`;
      const sum = sums.get(name) ?? { text, found, count: 0, desks: 0, lastDay: day };
      sums.set(name, { ...sum, count: sum.count + times, desks: sum.desks + (here.has(name) ? 0 : 1), lastDay: day > sum.lastDay ? day : sum.lastDay });
      here.add(name);
    }
  }
  return [...sums.values()].toSorted((a, b) => b.count - a.count || (a.lastDay < b.lastDay ? 1 : -1));
}

/** How often a record was opened at several desks, and on which day last; by kind and key. */
export function sumUses(desks: readonly (readonly UseCount[])[]): Map<string, UseCount> {
  const sums = new Map<string, UseCount>();
  for (const { kind, key, count: times, day } of desks.flat()) {
    const sum = sums.get(`${kind} ${key}`);
    sums.set(`${kind} ${key}`, { kind, key, count: (sum?.count ?? 0) + times, day: sum === undefined || day > sum.day ? day : sum.day });
  }
  return sums;
}
