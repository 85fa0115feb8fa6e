import { z } from 'zod';
import { LIMITS } from '../common.ts';
import { CRM_TEMPLATES } from './summary.ts';

type Ready = keyof typeof CRM_TEMPLATES;
export const COPY_FORMS = [...(Object.keys(CRM_TEMPLATES) as [Ready, ...Ready[]]), 'own'] as const;
export type CopyForm = (typeof COPY_FORMS)[number];

/** Longest time a call may be given before it closes by itself (s). */
export const LONGEST_WRAP_UP_S = 3_600;

/** How a call is wrapped up on this desk. */
export const wrapUpSettingsSchema = z.strictObject({
  /** The form of the summary that goes to the clipboard. */
  copyAs: z.enum(COPY_FORMS).default('plain'),
  /** The desk's own form, with `{{summary}}` and the other names of `fillTemplate`. */
  ownForm: z.string().max(LIMITS.text).default(''),
  /** Seconds of wrap-up after which a call with its outcome picked closes by itself; 0: never. */
  closesAfter: z.int().min(0).max(LONGEST_WRAP_UP_S).default(0),
});
export type WrapUpSettings = z.infer<typeof wrapUpSettingsSchema>;

/** The text of the chosen form; an own one that is empty is the summary alone. */
export function copyForm(settings: WrapUpSettings): string {
  if (settings.copyAs !== 'own') return CRM_TEMPLATES[settings.copyAs];
  return settings.ownForm.trim() === '' ? CRM_TEMPLATES.plain : settings.ownForm;
}
