import { z } from 'zod';
import { idSchema, instantSchema, LIMITS } from '../domain/common.ts';
import { flagSchema, keptFlagSchema } from '../domain/news/flag.ts';
import { checkProgressSchema, ratingSchema } from '../domain/self-check.ts';
import { command, query } from './define.ts';

const nothing = z.strictObject({});
const digest = z.string().max(64);

/** What an agent does with news: acknowledge, check their own knowledge, flag a line. Kept in the records of this desk. */
export const newsContract = {
  /** Begins a new shift when the last work at this desk is long past. */
  'news.touch': command({ home: 'records', input: nothing, output: z.strictObject({ since: instantSchema }) }),
  'news.acknowledged': query({ home: 'records', input: nothing, output: z.array(z.strictObject({ announcement: idSchema, digest, at: instantSchema })) }),
  'news.acknowledge': command({ home: 'records', input: z.strictObject({ announcement: idSchema, digest }), output: nothing }),
  'checks.progress': query({ home: 'records', input: nothing, output: z.array(checkProgressSchema) }),
  'checks.rate': command({ home: 'records', input: z.strictObject({ card: idSchema, rating: ratingSchema }), output: checkProgressSchema }),
  /** How it went so far is forgotten. */
  'checks.erase': command({ home: 'records', input: nothing, output: nothing }),
  /** Flags of this desk, newest first, with what came back. */
  'flags.list': query({ home: 'records', input: nothing, output: z.array(keptFlagSchema) }),
  'flags.add': command({ home: 'records', input: flagSchema.omit({ id: true, at: true }).extend({ text: z.string().max(LIMITS.text) }), output: z.strictObject({ id: idSchema }) }),
  /** Takes a flag back; one that was sent is taken out of the receipt too. */
  'flags.remove': command({ home: 'records', input: z.strictObject({ id: idSchema }), output: nothing }),
  /** The agent has read the reply. */
  'flags.read': command({ home: 'records', input: z.strictObject({ id: idSchema }), output: nothing }),
} as const;
