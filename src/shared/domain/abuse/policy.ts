import { z } from 'zod';
import { localTextSchema } from '../common.ts';

/**
 * How an organisation answers abuse. Published ladders differ: an insult or a threat gets one warning and
 * then the end, obscene language is asked about, asked again, warned a last time and then ended
 * (councilassist.greaterdandenong.vic.gov.au); threats end the call and are reported
 * (beefed.ai/en/handling-abusive-customers-policies-scripts). So warnings are counted by category
 * and the numbers are settings.
 */
export const abuseCategorySchema = z.strictObject({
  id: z.string().max(60).regex(/^[a-z][a-z0-9-]*$/),
  label: localTextSchema,
  /** What belongs here, in a few words. */
  hint: localTextSchema.optional(),
  /** Anger at the company, not at the agent: heard out, never warned. */
  listenOnly: z.boolean().optional(),
  /** Warnings before the call may be ended; 0: it may be ended at once. */
  warnings: z.int().min(0).max(5),
  /** Words of each warning, in order; the last stands for all after it. */
  warningWords: z.array(localTextSchema).max(5).optional(),
  endWords: localTextSchema.optional(),
  supervisorMayJoin: z.boolean().optional(),
  /** To be handed to a supervisor in any case. */
  report: z.boolean().optional(),
  /** Size of the recovery pause offered afterwards. */
  recovery: z.enum(['draining', 'abusive', 'threat', 'distressing']),
});
export type AbuseCategory = z.infer<typeof abuseCategorySchema>;

export const abusePolicySchema = z.strictObject({
  categories: z.array(abuseCategorySchema).min(1).max(20),
  /** Warnings over all categories after which the call may be ended; absent: each category counts alone. */
  totalWarnings: z.int().min(1).max(20).optional(),
  endWords: localTextSchema.optional(),
});
export type AbusePolicy = z.infer<typeof abusePolicySchema>;

export const DEFAULT_ABUSE_POLICY: AbusePolicy = {
  categories: [
    { id: 'upset', label: { en: 'Angry at the company', de: 'Wütend auf die Firma' }, listenOnly: true, warnings: 0, recovery: 'draining' },
    { id: 'profanity', label: { en: 'Swearing at me', de: 'Beschimpft mich mit Flüchen' }, warnings: 3, supervisorMayJoin: true, recovery: 'abusive' },
    { id: 'insult', label: { en: 'Insults me', de: 'Beleidigt mich' }, warnings: 1, supervisorMayJoin: true, recovery: 'abusive' },
    { id: 'discrimination', label: { en: 'Discriminates against me', de: 'Diskriminiert mich' }, warnings: 1, supervisorMayJoin: true, report: true, recovery: 'abusive' },
    { id: 'sexual', label: { en: 'Sexual remarks', de: 'Sexuelle Bemerkungen' }, warnings: 1, report: true, recovery: 'abusive' },
    { id: 'threat', label: { en: 'Threatens', de: 'Droht' }, warnings: 0, report: true, recovery: 'threat' },
  ],
};

/** Sentences of the ladder used where the policy brings no words of its own. */
export const ABUSE_MESSAGES = {
  'abuse.listen': 'They are angry at what happened, not at you. Let them finish, then name what went wrong.',
  'abuse.warn.first': 'I want to help you with this. Please speak to me without that language, so that I can.',
  'abuse.warn.only': 'I want to help, and I cannot while I am spoken to like that. If it happens again, I will end this call.',
  'abuse.warn.again': 'I have asked you before. If the language goes on, I will have to end this call.',
  'abuse.warn.final': 'This is the last time I ask. If it happens once more, I will end the call.',
  'abuse.end': 'I asked you to stop and told you what would follow. I am ending the call now. You can reach us again in writing or by phone when you are ready to go on.',
  'abuse.end.atOnce': 'I will not continue after a threat. I am ending the call now, and it will be reported.',
} as const;
export type AbuseMessageKey = keyof typeof ABUSE_MESSAGES;
