import { z } from 'zod';
import { LIMITS } from '../domain/common.ts';
import { searchAnswerSchema, searchKindSchema, searchQuerySchema } from '../domain/search/schema.ts';
import { command, query } from './define.ts';

export const searchContract = {
  'search.query': query({ home: 'knowledge', input: searchQuerySchema, output: searchAnswerSchema }),
  /** The agent chose this hit: a gentle prior of this desk, resettable. */
  'search.pick': command({ home: 'knowledge', input: z.strictObject({ kind: searchKindSchema, key: z.string().max(LIMITS.id) }), output: z.strictObject({}) }),
  'search.reset-picks': command({ home: 'knowledge', input: z.strictObject({}), output: z.strictObject({}) }),
  /** A search that found nothing, or that nothing was chosen from: text, count and day, never who or which call. */
  'search.missed': command({ home: 'knowledge', input: z.strictObject({ text: z.string().max(LIMITS.line), found: z.boolean() }), output: z.strictObject({}) }),
  /** The counted misses, most frequent first, for supervisors who write what is missing. */
  'search.misses': query({
    home: 'knowledge',
    input: z.strictObject({ limit: z.int().min(1).max(500) }),
    output: z.array(z.strictObject({ text: z.string(), found: z.boolean(), count: z.int(), lastDay: z.string() })),
  }),
  'search.clear-misses': command({ home: 'knowledge', input: z.strictObject({}), output: z.strictObject({}) }),
} as const;
