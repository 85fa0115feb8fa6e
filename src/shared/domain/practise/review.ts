import { z } from 'zod';
import { idSchema, instantSchema, LIMITS } from '../common.ts';
import type { PracticeCaller } from '../desk-lists.ts';
import type { PromptUsage } from '../prompts/usage.ts';
import type { ScriptEvent } from '../scripts/events.ts';
import type { ScriptLibrary } from '../scripts/library.ts';
import { REVIEW_MESSAGES, reviewWalk } from '../scripts/review.ts';
import type { ScriptState } from '../scripts/state.ts';
import type { Conversation } from './conversation.ts';

/** Sentences of the review that look at the caller rather than the script. */
export const PRACTISE_REVIEW_MESSAGES = {
  ...REVIEW_MESSAGES,
  'practise.review.neverSilent': 'You never left {name} waiting in silence.',
  'practise.review.silence': '{name} ran out of patience {count, plural, one {once} other {# times}}. Say what you are doing while you look: “I am reading the tracking now”.',
  'practise.review.phrases': 'You found words for the moment {count, plural, one {once} other {# times}}.',
  'practise.review.noPhrases': 'No words from the list this time. F6 and one letter bring three, with the caller’s own item in them.',
  'practise.review.notes': 'You kept notes while listening. That is what the next colleague will thank you for.',
} as const;

const text = z.string().max(LIMITS.text);
const texts = z.array(text).max(500);
const remarkKeys = Object.keys(PRACTISE_REVIEW_MESSAGES) as [keyof typeof PRACTISE_REVIEW_MESSAGES, ...(keyof typeof PRACTISE_REVIEW_MESSAGES)[]];

/** What is kept of a practice: for its agent alone. No marks, no score. */
export const practiceReviewSchema = z.strictObject({
  finished: z.boolean(),
  totalMs: z.number().min(0),
  steps: z.array(z.strictObject({ cue: text, ms: z.number().min(0), visits: z.int().min(0) })).max(2_000),
  said: texts,
  /** Must-say lines missed: passed over, or not reached. */
  missed: texts,
  phrases: texts,
  twists: z.array(z.strictObject({ says: text, goodAnswer: text })).max(20),
  impatient: z.int().min(0),
  notes: z.string().max(LIMITS.note),
  remarks: z.array(z.strictObject({ key: z.enum(remarkKeys), kind: z.enum(['good', 'try']), params: z.record(z.string(), z.union([z.string(), z.number()])) })).max(200),
});
export type PracticeReview = z.infer<typeof practiceReviewSchema>;

export const practiceRunSchema = z.strictObject({
  id: idSchema,
  caller: idSchema,
  script: idSchema,
  startedAt: instantSchema,
  endedAt: instantSchema,
  review: practiceReviewSchema,
});
export type PracticeRun = z.infer<typeof practiceRunSchema>;

export interface PracticeWalk {
  readonly caller: PracticeCaller;
  readonly events: readonly ScriptEvent[];
  readonly state: ScriptState;
  readonly library: ScriptLibrary;
  readonly usage: PromptUsage;
  readonly conversation: Conversation;
  readonly notes: string;
}

/** A kind and specific look back: what was there first, then what to try. */
export function reviewPractice({ caller, events, state, library, usage, conversation, notes }: PracticeWalk, language: string): PracticeReview {
  const walk = reviewWalk(events, state, library, language);
  const phrases = usage.said.map((one) => one.text);
  const own: PracticeReview['remarks'] = [];
  if (conversation.impatient === 0) own.push({ key: 'practise.review.neverSilent', kind: 'good', params: { name: caller.name } });
  else own.push({ key: 'practise.review.silence', kind: 'try', params: { name: caller.name, count: conversation.impatient } });
  if (phrases.length > 0) own.push({ key: 'practise.review.phrases', kind: 'good', params: { count: phrases.length } });
  else own.push({ key: 'practise.review.noPhrases', kind: 'try', params: {} });
  if (notes.trim() !== '') own.push({ key: 'practise.review.notes', kind: 'good', params: {} });
  const remarks = [...walk.notes.map(({ key, kind, params }) => ({ key, kind, params: { ...params } })), ...own];
  return {
    finished: walk.finished,
    totalMs: walk.totalMs,
    steps: walk.steps.map(({ cue, ms, visits }) => ({ cue, ms, visits })),
    said: [...walk.said],
    missed: [...walk.owed, ...walk.notReached],
    phrases,
    twists: conversation.lines.flatMap((line) => {
      const twist = line.twist === undefined ? undefined : caller.twists[line.twist];
      return twist === undefined ? [] : [{ says: twist.says, goodAnswer: twist.goodAnswer }];
    }),
    impatient: conversation.impatient,
    notes,
    remarks: [...remarks.filter((remark) => remark.kind === 'good'), ...remarks.filter((remark) => remark.kind === 'try')],
  };
}
