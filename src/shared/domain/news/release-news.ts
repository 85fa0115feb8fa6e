import { z } from 'zod';
import { instantSchema, LIMITS } from '../common.ts';
import { KNOWLEDGE_KINDS, type KnowledgeKind } from '../knowledge.ts';

const kindSchema = z.enum(KNOWLEDGE_KINDS as [KnowledgeKind, ...KnowledgeKind[]]);
const count = z.int().min(0);

/** What a release changed on this desk, by kind. Kinds without a change are left out. */
export const changeCountsSchema = z.partialRecord(kindSchema, z.strictObject({ added: count, changed: count, removed: count }));
export type ChangeCounts = z.infer<typeof changeCountsSchema>;

/** Longest record kept for a readable comparison, characters: pictures in articles are not compared. */
export const COMPARED_LENGTH = 40_000;
/** Changed records a release lists; more are only counted. */
export const MOST_LISTED = 1_000;

export const newsChangeSchema = z.strictObject({
  kind: kindSchema,
  key: z.string().max(LIMITS.id),
  title: z.string().max(LIMITS.text),
  what: z.enum(['added', 'changed', 'removed']),
  /** The record before and after as JSON, where short enough to compare. */
  before: z.string().max(COMPARED_LENGTH).optional(),
  after: z.string().max(COMPARED_LENGTH).optional(),
});
export type NewsChange = z.infer<typeof newsChangeSchema>;

export const newsReleaseSchema = z.strictObject({
  id: count,
  kb: z.string().max(LIMITS.id),
  title: z.string().max(LIMITS.line),
  release: count,
  publishedAt: instantSchema,
  installedAt: instantSchema,
  note: z.string().max(LIMITS.text),
  /** The release whose content this one brought back. */
  rollbackTo: count.optional(),
  /** The first one on this desk: everything was new, so nothing is listed. */
  first: z.boolean(),
  counts: changeCountsSchema,
});
export type NewsRelease = z.infer<typeof newsReleaseSchema>;

/** Adds one change to the counts. */
export function countChange(counts: ChangeCounts, kind: KnowledgeKind, what: NewsChange['what']): void {
  const of = (counts[kind] ??= { added: 0, changed: 0, removed: 0 });
  of[what] += 1;
}
