import { z } from 'zod';

/** What has to work for a desk to use a server, in the order it is tried. */
export const CHECK_STEPS = ['reach', 'tls', 'sign-in', 'stream', 'read', 'receipt'] as const;
export type CheckStep = (typeof CHECK_STEPS)[number];

/** Why a step failed, or what is to be known of one that works; the screen has a sentence for each. */
export const CHECK_WHYS = [
  'no-such-name', 'no-answer', 'full', 'unknown',
  'plain', 'no-tls', 'not-trusted', 'wrong-name', 'expired',
  'bad-file', 'unknown-user',
  'no-stream', 'no-permission', 'nothing-published',
] as const;
export type CheckWhy = (typeof CHECK_WHYS)[number];

export const checkedStepSchema = z.strictObject({
  step: z.enum(CHECK_STEPS),
  /** `note`: works, and something about it should be known. `skipped`: an earlier step failed. */
  state: z.enum(['ok', 'note', 'failed', 'skipped']),
  why: z.enum(CHECK_WHYS).optional(),
  /** The server, user, file or stream it is about. */
  detail: z.string().max(4_000).optional(),
});
export type CheckedStep = z.infer<typeof checkedStepSchema>;
