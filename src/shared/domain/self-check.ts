import { createEmptyCard, fsrs, Rating, type Card } from 'ts-fsrs';
import { z } from 'zod';
import { idSchema, instantSchema, LIMITS, recordBase } from './common.ts';

/**
 * A question an agent asks themselves. Nobody else sees how it went. `choices`, where there are any, hold
 * the right one among others; without them the agent thinks of the answer and then looks.
 */
export const selfCheckSchema = z
  .strictObject({
    ...recordBase,
    question: z.string().min(1).max(LIMITS.text),
    answer: z.string().min(1).max(LIMITS.text),
    choices: z.array(z.strictObject({ text: z.string().min(1).max(LIMITS.line), right: z.boolean() })).min(2).max(6).optional(),
    /** Where it is written down. */
    article: idSchema.optional(),
    script: idSchema.optional(),
  })
  .refine((card) => card.choices === undefined || card.choices.filter(({ right }) => right).length === 1, { message: 'exactly one choice is right', path: ['choices'], params: { finding: 'one-right' } });
export type SelfCheck = z.infer<typeof selfCheckSchema>;

/** How well the agent knew it, by their own word. */
export const RATINGS = ['again', 'hard', 'good', 'easy'] as const;
export const ratingSchema = z.enum(RATINGS);
export type CheckRating = z.infer<typeof ratingSchema>;

/** Where one card stands in an agent's memory (FSRS). Times in UTC epoch ms, intervals in days. */
export const checkProgressSchema = z.strictObject({
  card: idSchema,
  due: instantSchema,
  stability: z.number().min(0),
  difficulty: z.number().min(0),
  elapsedDays: z.number().min(0),
  scheduledDays: z.number().min(0),
  reps: z.int().min(0),
  lapses: z.int().min(0),
  learningSteps: z.int().min(0),
  state: z.int().min(0).max(3),
  reviewedAt: instantSchema,
});
export type CheckProgress = z.infer<typeof checkProgressSchema>;

// Intervals of days only: minutes between two looks would make a drill of it, and there are calls between them.
const scheduler = fsrs({ enable_short_term: false, enable_fuzz: false });
const GRADES = { again: Rating.Again, hard: Rating.Hard, good: Rating.Good, easy: Rating.Easy } as const;

/** Where a card stands after the agent rated it at `now` (UTC epoch ms). */
export function afterRating(card: string, before: CheckProgress | undefined, rating: CheckRating, now: number): CheckProgress {
  const old: Card =
    before === undefined
      ? createEmptyCard(new Date(now))
      : {
          due: new Date(before.due), stability: before.stability, difficulty: before.difficulty, elapsed_days: before.elapsedDays, scheduled_days: before.scheduledDays,
          reps: before.reps, lapses: before.lapses, learning_steps: before.learningSteps, state: before.state, last_review: new Date(before.reviewedAt),
        };
  const { card: next } = scheduler.next(old, new Date(now), GRADES[rating]);
  return {
    card, due: next.due.getTime(), stability: next.stability, difficulty: next.difficulty, elapsedDays: Math.max(0, next.elapsed_days), scheduledDays: next.scheduled_days,
    reps: next.reps, lapses: next.lapses, learningSteps: next.learning_steps, state: next.state, reviewedAt: now,
  };
}

export type CheckPace = {
  /** Cards a day the agent wants; 0: none. */
  perDay: number;
  now: number;
  /** Local midnight, UTC epoch ms. */
  dayStart: number;
};

/** The cards for today, in the order to ask: those due longest first, then new ones, never more than the agent wants. */
export function cardsForToday<C extends { id: string }>(cards: readonly C[], progress: readonly CheckProgress[], { perDay, now, dayStart }: CheckPace): C[] {
  const known = new Map(progress.map((one) => [one.card, one]));
  const done = progress.filter((one) => one.reviewedAt >= dayStart).length;
  const due = cards.filter((card) => (known.get(card.id)?.due ?? Number.POSITIVE_INFINITY) <= now).toSorted((a, b) => (known.get(a.id)?.due ?? 0) - (known.get(b.id)?.due ?? 0));
  const fresh = cards.filter((card) => !known.has(card.id));
  return [...due, ...fresh].slice(0, Math.max(0, perDay - done));
}
