import { z } from 'zod';
import { noteTemplateSchema } from './calls/note-templates.ts';
import { wrapUpSettingsSchema } from './calls/wrap-up-settings.ts';
import { languageSchema, LIMITS, sectorSchema } from './common.ts';
import { shortcutSettingsSchema, stripSettingsSchema, telephonySettingsSchema, traySettingsSchema } from './telephony/settings.ts';
import { searchKindSchema } from './search/schema.ts';
import { workingHoursSchema } from './wellbeing/rules.ts';

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

const supportLine = z.string().max(LIMITS.line);
const breakSettings = {
  /** The agent's own rules, and those of the organisation as a minimum (empty: none). */
  preset: z.string().max(60).default('callside'),
  minimum: z.string().max(60).default(''),
  sound: z.boolean().default(false),
  /** How often one break may be postponed; the rules may allow less. */
  postpones: z.int().min(0).max(20).default(3),
  hours: workingHoursSchema.default(null),
  /** Questions "how is it going": none unless the agent wants them. */
  checkIns: z.strictObject({ perDay: z.int().min(0).max(12), everyMinutes: z.int().min(15).max(720) }).default({ perDay: 0, everyMinutes: 120 }),
  shiftStart: z.boolean().default(false),
  shiftEnd: z.boolean().default(false),
  /** Whom to turn to after the worst calls. Emergency numbers come from here, never from the app. */
  support: z
    .strictObject({ words: supportLine, people: z.array(z.strictObject({ name: supportLine, how: supportLine })).max(20), emergency: supportLine })
    .default({ words: '', people: [], emergency: '' }),
};
const breaksSchema = z.strictObject(breakSettings);
/** Any part of the break settings; left out means unchanged, so nothing here may have a default. */
const breaksPatchSchema = z.strictObject({
  preset: breakSettings.preset.unwrap().optional(),
  minimum: breakSettings.minimum.unwrap().optional(),
  sound: breakSettings.sound.unwrap().optional(),
  postpones: breakSettings.postpones.unwrap().optional(),
  hours: workingHoursSchema.optional(),
  checkIns: breakSettings.checkIns.unwrap().optional(),
  shiftStart: breakSettings.shiftStart.unwrap().optional(),
  shiftEnd: breakSettings.shiftEnd.unwrap().optional(),
  support: breakSettings.support.unwrap().optional(),
});

/** A record kept at hand in the palette. */
export const pinSchema = z.strictObject({ kind: searchKindSchema, key: z.string().max(LIMITS.id), title: z.string().max(LIMITS.line) });
export type Pin = z.infer<typeof pinSchema>;

const group = z.string().trim().min(1).max(LIMITS.id);
/** What the desk belongs to: records aimed at teams or queues are shown where one of them is named. */
export const deskGroupsSchema = z.strictObject({ teams: z.array(group).max(50).default([]), queues: z.array(group).max(50).default([]) });

/** How knowledge comes over a line: for slow ones and for ones that cost. Folders are not held back. */
export const deliverySchema = z.strictObject({
  /** At most so many bytes a second from a server; null: as fast as it goes. */
  bytesPerSecond: z.int().min(1_000).max(1_000_000_000).nullable().default(null),
  /** Nothing is fetched before somebody asks for it under Channels. */
  waitUntilAsked: z.boolean().default(false),
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
  desk: deskGroupsSchema.prefault({}),
  delivery: deliverySchema.prefault({}),
  wording: z.enum(['cue', 'full']).default('full'),
  tone: z.enum(['plain', 'formal']).default('plain'),
  /** Share of the window's width, in per cent, of the script and the prompt pane. */
  panes: z.tuple([z.number().min(15).max(60), z.number().min(15).max(60)]).default([38, 27]),
  breaks: breaksSchema.prefault({}),
  /** Days a call note is kept. */
  retentionDays: z.int().min(1).max(3_650).default(90),
  /** What this desk keeps at the top of the palette. */
  pinned: z.array(pinSchema).max(20).default([]),
  /** Searches that found nothing are counted for supervisors: text, count and day, never who. */
  missLog: z.boolean().default(true),
  /** Self-checks a day the agent wants; 0: none. */
  selfChecksPerDay: z.int().min(0).max(20).default(5),
  window: windowBoundsSchema.default({ width: 1366, height: 768, maximized: false }),
  telephony: telephonySettingsSchema.prefault({}),
  strip: stripSettingsSchema.prefault({}),
  shortcuts: shortcutSettingsSchema.prefault({}),
  tray: traySettingsSchema.prefault({}),
  wrapUp: wrapUpSettingsSchema.prefault({}),
  /** The agent's own pieces of note, put in by key. */
  noteTemplates: z.array(noteTemplateSchema).max(60).default([]),
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
  breaks: breaksPatchSchema.optional(),
  retentionDays: z.int().min(1).max(3_650).optional(),
  pinned: z.array(pinSchema).max(20).optional(),
  missLog: z.boolean().optional(),
  selfChecksPerDay: z.int().min(0).max(20).optional(),
  window: windowBoundsSchema.optional(),
  /** These are replaced as a whole. */
  desk: deskGroupsSchema.optional(),
  delivery: deliverySchema.optional(),
  telephony: telephonySettingsSchema.optional(),
  strip: stripSettingsSchema.optional(),
  shortcuts: shortcutSettingsSchema.optional(),
  tray: traySettingsSchema.optional(),
  wrapUp: wrapUpSettingsSchema.optional(),
  noteTemplates: z.array(noteTemplateSchema).max(60).optional(),
});
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;
