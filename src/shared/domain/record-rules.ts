import { z } from 'zod';
import { maskPatternsOf, type Policy } from './policy.ts';
import type { Settings } from './settings.ts';

/** What holds for everything a desk stores: how long, which patterns are kept out, how national numbers are read. */
export const recordRulesSchema = z.strictObject({
  /** Days a finished call and its notes are kept. */
  retentionDays: z.int().min(1),
  /** Days after which the caller's number and name of a finished call are dropped, ahead of the rest. */
  numberRetentionDays: z.int().min(1),
  /** ISO 3166 country of numbers without a country code. */
  country: z.string().optional(),
  /** Further patterns kept out of everything that is typed, beside card numbers. */
  maskPatterns: z.array(z.strictObject({ id: z.string(), pattern: z.string(), keepLast: z.int().min(0).optional() })).max(100),
});
export type RecordRules = z.infer<typeof recordRulesSchema>;

/** Safe values for a desk on which nobody decided anything. */
export const USUAL_RULES: RecordRules = { retentionDays: 90, numberRetentionDays: 30, maskPatterns: [] };

/** The rules in force: settings (with the organisation's on top) and the organisation's patterns. */
export function recordRules(settings: Pick<Settings, 'retentionDays' | 'country'>, policy: Policy): RecordRules {
  const { retentionDays, country } = settings;
  const numbers = policy.privacy?.numberRetentionDays ?? USUAL_RULES.numberRetentionDays;
  return { retentionDays, country, numberRetentionDays: Math.min(numbers, retentionDays), maskPatterns: maskPatternsOf(policy) };
}
