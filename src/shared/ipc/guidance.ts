import { z } from 'zod';
import { callIdSchema, incidentSchema } from '../domain/calls/schema.ts';
import { instantSchema, LIMITS } from '../domain/common.ts';
import { promptPreferencesSchema } from '../domain/prompts/usage.ts';
import { command, query } from './define.ts';

const nothing = z.strictObject({});

/** What a caller agreed to have written down, apart from the call note. */
export const careSchema = z.strictObject({
  /** The clear answer to "may I write this down", with its time; absent when it was not asked. */
  consent: z.strictObject({ given: z.boolean(), at: instantSchema }).optional(),
  /** The sensitive note; empty when there is none. */
  note: z.string().max(LIMITS.text),
  /** Days after which the note is erased. */
  keptDays: z.int().min(1),
});
export type Care = z.infer<typeof careSchema>;

export const guidanceContract = {
  'guidance.care': query({ home: 'records', input: z.strictObject({ callId: callIdSchema }), output: careSchema }),
  /** Records the consent, given or taken back. Taking it back erases the note. */
  'guidance.consent': command({ home: 'records', input: z.strictObject({ callId: callIdSchema, given: z.boolean() }), output: careSchema }),
  /** Keeps the sensitive note; refused without consent. */
  'guidance.sensitive-note': command({ home: 'records', input: z.strictObject({ callId: callIdSchema, text: z.string().max(LIMITS.text) }), output: careSchema }),
  /** Abuse or a threat as the agent describes it. Offers a recovery pause when the call was ended for it. */
  'guidance.incident': command({
    home: 'records',
    input: incidentSchema.extend({ recovery: z.enum(['draining', 'abusive', 'threat', 'distressing']) }),
    output: z.strictObject({ id: z.string().max(LIMITS.id) }),
  }),
  /** The agent's own words, favourites and tone; they never leave the desk. */
  'guidance.preferences': query({ home: 'records', input: nothing, output: promptPreferencesSchema }),
  'guidance.save-preferences': command({ home: 'records', input: promptPreferencesSchema, output: nothing }),
} as const;
