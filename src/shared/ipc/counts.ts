import { z } from 'zod';
import { daySchema, LIMITS } from '../domain/common.ts';
import { COUNTED_KINDS } from '../domain/news/counts.ts';
import { command, query } from './define.ts';

const kind = z.enum(COUNTED_KINDS);
const key = z.string().max(LIMITS.id);
const line = z.string().max(LIMITS.line);

export const unusedSchema = z.strictObject({ kind, key, title: line, count: z.int(), lastDay: daySchema.optional() });
export type Unused = z.infer<typeof unusedSchema>;

/** Counts for those who look after the knowledge: by day, never who, which call or at what time. */
export const countsContract = {
  /** An agent opened it. */
  'knowledge.used': command({ home: 'knowledge', input: z.strictObject({ kind, key }), output: z.strictObject({}) }),
  /** What was searched in vain, here and at the desks that tell it (`others`). */
  'counts.gaps': query({
    home: 'main',
    input: z.strictObject({}),
    output: z.strictObject({ gaps: z.array(z.strictObject({ text: line, found: z.boolean(), count: z.int(), desks: z.int(), lastDay: daySchema })).max(500), others: z.int() }),
  }),
  /** Records of these kinds nobody opened since the day `before`, as far as it was counted (`since`); the first 500 of `total`. */
  'counts.unused': query({
    home: 'main',
    input: z.strictObject({ before: daySchema, kinds: z.array(kind).min(1).max(COUNTED_KINDS.length) }),
    output: z.strictObject({ records: z.array(unusedSchema).max(500), total: z.int(), others: z.int(), since: daySchema }),
  }),
} as const;
