import { z } from 'zod';
import { LIMITS } from '../domain/common.ts';
import { policyViewSchema } from '../domain/policy.ts';
import { settingsPatchSchema, settingsSchema } from '../domain/settings.ts';
import { command, query } from './define.ts';

const nothing = z.strictObject({});

/** One thing a person should know about this desk's health, with the words to show by message key. */
export const healthNoteSchema = z.strictObject({
  id: z.string().max(LIMITS.id),
  level: z.enum(['info', 'warning', 'error']),
  /** Key in the message catalogue, and its values. */
  message: z.string().max(LIMITS.id),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type HealthNote = z.infer<typeof healthNoteSchema>;

export const processStateSchema = z.enum(['starting', 'up', 'restarting', 'failed', 'closed']);

export const appContract = {
  'app.info': query({
    home: 'main',
    input: nothing,
    output: z.strictObject({
      version: z.string(),
      electron: z.string(),
      platform: z.string(),
      dataDir: z.string(),
      /** What protects the records key: a system key store by name, or `file`. */
      keyBackend: z.string(),
    }),
  }),
  'app.health': query({
    home: 'main',
    input: nothing,
    output: z.strictObject({ records: processStateSchema, knowledge: processStateSchema, notes: z.array(healthNoteSchema).max(50) }),
  }),
  /** The page has painted its first useful picture. */
  'app.ready': command({ home: 'main', input: nothing, output: nothing }),
  /** A fault of a screen, for the log. */
  'app.report': command({ home: 'main', input: z.strictObject({ message: z.string().max(500), where: z.string().max(2_000) }), output: nothing }),
  /** Opens an allow-listed address (https, tel, sip, mailto) outside, by user action only. */
  'app.open-external': command({ home: 'main', input: z.strictObject({ address: z.string().max(2_000) }), output: z.strictObject({ opened: z.boolean() }) }),
  'app.copy': command({ home: 'main', input: z.strictObject({ text: z.string().max(LIMITS.body) }), output: nothing }),
  /** Asks where to save, and writes the text there by temp-and-rename. */
  'app.save-file': command({
    home: 'main',
    input: z.strictObject({ name: z.string().max(LIMITS.id).regex(/^[\w .-]+$/), text: z.string().max(20_000_000) }),
    output: z.strictObject({ saved: z.boolean() }),
  }),
  /** The recovery key of this desk's records, shown once on request so that it can be written down. */
  'app.recovery-key': query({ home: 'main', input: nothing, output: z.strictObject({ text: z.string() }) }),
  /** Puts a key typed from the recovery sheet back and starts the app again with it. */
  'app.unlock': command({
    home: 'main',
    input: z.strictObject({ text: z.string().max(200) }),
    output: z.strictObject({ outcome: z.enum(['unlocked', 'mistyped', 'other-desk', 'not-locked']) }),
  }),
  /** What the organisation sets on this desk. */
  'policy.get': query({ home: 'main', input: nothing, output: policyViewSchema }),
  'settings.get': query({ home: 'main', input: nothing, output: settingsSchema }),
  'settings.update': command({ home: 'main', input: settingsPatchSchema, output: settingsSchema }),
} as const;
