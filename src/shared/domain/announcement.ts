import { z } from 'zod';
import { LIMITS, recordBase } from './common.ts';

/** News for agents. An announcement never blocks a live call, whatever its importance. */
export const announcementSchema = z.strictObject({
  ...recordBase,
  title: z.string().min(1).max(LIMITS.line),
  body: z.string().max(LIMITS.body),
  importance: z.enum(['info', 'important', 'urgent']),
  acknowledge: z.enum(['no', 'once', 'daily']),
});
export type Announcement = z.infer<typeof announcementSchema>;
