import { z } from 'zod';
import { languageSchema, LIMITS, sectorSchema } from './common.ts';

/** Screens reachable from the navigation rail, in its order. */
export const SCREENS = ['live-call', 'follow-ups', 'history', 'whats-new', 'my-day', 'practise', 'workshop', 'settings'] as const;
export type ScreenName = (typeof SCREENS)[number];

export const windowBoundsSchema = z.strictObject({
  width: z.int().min(400).max(20_000),
  height: z.int().min(300).max(20_000),
  x: z.int().optional(),
  y: z.int().optional(),
  maximized: z.boolean(),
});

/** Everything a person or IT can set on a desk. Unknown keys are refused, missing ones get these defaults. */
export const settingsSchema = z.strictObject({
  language: languageSchema.default('en'),
  theme: z.enum(['system', 'light', 'dark', 'contrast']).default('system'),
  /** Per cent of the normal text size. */
  textSize: z.int().min(100).max(200).default(100),
  reducedMotion: z.enum(['system', 'on', 'off']).default('system'),
  agentName: z.string().max(LIMITS.line).default(''),
  company: z.string().max(LIMITS.line).default(''),
  sector: sectorSchema.default('retail'),
  /** ISO 3166-1 alpha-2: how national phone numbers are read. */
  country: z.string().regex(/^[A-Z]{2}$/).default('GB'),
  wording: z.enum(['cue', 'full']).default('full'),
  tone: z.enum(['plain', 'formal']).default('plain'),
  /** Share of the window's width, in per cent, of the script and the prompt pane. */
  panes: z.tuple([z.number().min(15).max(60), z.number().min(15).max(60)]).default([38, 27]),
  breaks: z.strictObject({
    preset: z.string().max(60).default('callside'),
    sound: z.boolean().default(false),
  }).prefault({}),
  /** Days a call note is kept. */
  retentionDays: z.int().min(1).max(3_650).default(90),
  window: windowBoundsSchema.default({ width: 1366, height: 768, maximized: false }),
});
export type Settings = z.infer<typeof settingsSchema>;

/** What a settings page may change: any part of the settings, each checked as above. */
export const settingsPatchSchema = z.strictObject({
  language: languageSchema.optional(),
  theme: z.enum(['system', 'light', 'dark', 'contrast']).optional(),
  textSize: z.int().min(100).max(200).optional(),
  reducedMotion: z.enum(['system', 'on', 'off']).optional(),
  agentName: z.string().max(LIMITS.line).optional(),
  company: z.string().max(LIMITS.line).optional(),
  sector: sectorSchema.optional(),
  country: z.string().regex(/^[A-Z]{2}$/).optional(),
  wording: z.enum(['cue', 'full']).optional(),
  tone: z.enum(['plain', 'formal']).optional(),
  panes: z.tuple([z.number().min(15).max(60), z.number().min(15).max(60)]).optional(),
  breaks: z.strictObject({ preset: z.string().max(60).optional(), sound: z.boolean().optional() }).optional(),
  retentionDays: z.int().min(1).max(3_650).optional(),
  window: windowBoundsSchema.optional(),
});
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;
