import { z } from 'zod';
import { LIMITS } from '../common.ts';

/** What happened, in the words of guidance for staff who are abused on the telephone. */
export const ABUSE_CATEGORIES = ['insult', 'shouting', 'discrimination', 'sexual', 'threat', 'self-harm'] as const;
export type AbuseCategory = (typeof ABUSE_CATEGORIES)[number];

/** How many warnings a category has before the agent may end the call; configured by the organisation. */
export const abuseLadderSchema = z.strictObject({
  warningsBeforeEnd: z.record(z.enum(ABUSE_CATEGORIES), z.int().min(0).max(5)),
  /** Wording per rung, from the first warning on; the last one ends the call. */
  warnings: z.array(z.string().min(1).max(LIMITS.text)).min(1).max(5),
  endCall: z.string().min(1).max(LIMITS.text),
});
export type AbuseLadder = z.infer<typeof abuseLadderSchema>;

/** Two warnings for words, none for threats; a person in danger is never hung up on. */
export const DEFAULT_ABUSE_LADDER: AbuseLadder = {
  warningsBeforeEnd: { insult: 2, shouting: 2, discrimination: 1, sexual: 1, threat: 0, 'self-harm': 5 },
  warnings: [
    'I want to help you, and I can do that when we speak respectfully. Please let us go on without insults.',
    'I have asked once. If this goes on I will end the call, and you can reach us again at any time.',
  ],
  endCall: 'I am ending this call now. You are welcome to call again or to write to us. Goodbye.',
};

export type LadderStep =
  | { action: 'warn'; warning: number; of: number; wording: string }
  | { action: 'may-end'; wording: string }
  /** Self-harm and danger to life: stay on the line and follow the organisation's emergency wording. */
  | { action: 'stay' };

/** What the ladder says next. `given` counts warnings by category in this call; warnings of any category add up. */
export function nextStep(ladder: AbuseLadder, category: AbuseCategory, given: Readonly<Record<string, number>>): LadderStep {
  if (category === 'self-harm') return { action: 'stay' };
  const allowed = ladder.warningsBeforeEnd[category] ?? 0;
  const total = ABUSE_CATEGORIES.reduce((sum, name) => sum + (given[name] ?? 0), 0);
  if (total >= allowed) return { action: 'may-end', wording: ladder.endCall };
  return { action: 'warn', warning: total + 1, of: allowed, wording: ladder.warnings[Math.min(total, ladder.warnings.length - 1)] ?? ladder.endCall };
}
