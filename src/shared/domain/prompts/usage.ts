import { z } from 'zod';
import { idSchema, instantSchema, languageSchema, LIMITS } from '../common.ts';
import { promptSchema, situationSchema } from './schema.ts';

/** What was shown and said in one call, as data: the fold of these events. */
const phraseSchema = z.strictObject({
  prompt: idSchema,
  /** Place of the wording in its prompt. */
  wording: z.int().min(0).max(100),
  keys: z.array(z.string().max(16)).max(60),
});
export type Phrase = z.infer<typeof phraseSchema>;

const at = { at: instantSchema };
const stage = { framework: z.string().max(60), stage: z.string().max(60) };

export const promptEventSchema = z.discriminatedUnion('type', [
  /** Words came on the screen. */
  z.strictObject({ ...at, type: z.literal('shown'), phrases: z.array(phraseSchema).max(50) }),
  /** The agent said them (or copied them). */
  z.strictObject({ ...at, type: z.literal('used'), phrase: phraseSchema, text: z.string().max(LIMITS.text), situation: situationSchema, framework: z.string().max(60).optional(), stage: z.string().max(60).optional() }),
  z.strictObject({ ...at, type: z.literal('openFramework'), framework: z.string().max(60) }),
  z.strictObject({ ...at, ...stage, type: z.literal('stageDone') }),
  z.strictObject({ ...at, ...stage, type: z.literal('stageSkipped') }),
  z.strictObject({ ...at, ...stage, type: z.literal('stageReopened') }),
  z.strictObject({ ...at, type: z.literal('tone'), tone: z.enum(['formal', 'plain']) }),
]);
export type PromptEvent = z.infer<typeof promptEventSchema>;

export interface PromptUsage {
  /** Keys of every phrase shown or said in this call. */
  readonly seen: ReadonlySet<string>;
  /** Times each prompt was said in this call. */
  readonly prompts: ReadonlyMap<string, number>;
  readonly said: readonly { readonly at: number; readonly prompt: string; readonly text: string; readonly situation: string }[];
  /** Stage states by `framework:stage`. */
  readonly stages: ReadonlyMap<string, 'done' | 'skipped'>;
  readonly framework: string | null;
  readonly tone: 'formal' | 'plain' | null;
}

export const EMPTY_USAGE: PromptUsage = { seen: new Set(), prompts: new Map(), said: [], stages: new Map(), framework: null, tone: null };

export function stageKey(framework: string, stageId: string): string {
  return `${framework}:${stageId}`;
}

export function applyPrompt(usage: PromptUsage, event: PromptEvent): PromptUsage {
  switch (event.type) {
    case 'shown': return { ...usage, seen: new Set([...usage.seen, ...event.phrases.flatMap((phrase) => phrase.keys)]) };
    case 'used': {
      const { prompt, keys } = event.phrase;
      const prompts = new Map(usage.prompts).set(prompt, (usage.prompts.get(prompt) ?? 0) + 1);
      const said = [...usage.said, { at: event.at, prompt, text: event.text, situation: event.situation }];
      const stages = event.framework === undefined || event.stage === undefined ? usage.stages : new Map(usage.stages).set(stageKey(event.framework, event.stage), 'done' as const);
      return { ...usage, seen: new Set([...usage.seen, ...keys]), prompts, said, stages };
    }
    case 'openFramework': return { ...usage, framework: event.framework };
    case 'stageDone': return { ...usage, framework: event.framework, stages: new Map(usage.stages).set(stageKey(event.framework, event.stage), 'done') };
    case 'stageSkipped': return { ...usage, framework: event.framework, stages: new Map(usage.stages).set(stageKey(event.framework, event.stage), 'skipped') };
    case 'stageReopened': {
      const stages = new Map(usage.stages);
      stages.delete(stageKey(event.framework, event.stage));
      return { ...usage, framework: event.framework, stages };
    }
    case 'tone': return { ...usage, tone: event.tone };
    default: return event satisfies never;
  }
}

export function replayPrompts(events: Iterable<PromptEvent>): PromptUsage {
  let usage = EMPTY_USAGE;
  for (const event of events) usage = applyPrompt(usage, event);
  return usage;
}

/** What belongs to the agent of this desk and stays on it. */
export const promptPreferencesSchema = z.strictObject({
  tone: z.enum(['formal', 'plain']),
  language: languageSchema.optional(),
  /** `prompt` or `prompt#wording`. */
  favourites: z.array(z.string().max(LIMITS.id + 8)).max(LIMITS.list),
  hidden: z.array(z.string().max(LIMITS.id + 8)).max(LIMITS.list),
  /** The agent's own words, in the form of prompts. */
  personal: z.array(promptSchema).max(LIMITS.list),
});
export type PromptPreferences = z.infer<typeof promptPreferencesSchema>;

export const DEFAULT_PREFERENCES: PromptPreferences = { tone: 'plain', favourites: [], hidden: [], personal: [] };
