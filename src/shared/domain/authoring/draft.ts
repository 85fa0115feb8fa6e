import { z } from 'zod';
import { instantSchema, LIMITS } from '../common.ts';
import { KNOWLEDGE_KINDS, type KnowledgeKind } from '../knowledge.ts';

export const kindSchema = z.enum(KNOWLEDGE_KINDS as [KnowledgeKind, ...KnowledgeKind[]]);

/** Where a change to one record stands on its way to the desks. */
export const DRAFT_STATES = ['draft', 'in-review', 'approved', 'published', 'retired'] as const;
export const draftStateSchema = z.enum(DRAFT_STATES);
export type DraftState = z.infer<typeof draftStateSchema>;

/** Who did something: the id of a signing key (hex) and the name its holder gave it. */
export const personSchema = z.strictObject({ key: z.string().min(1).max(LIMITS.id), name: z.string().max(LIMITS.line) });
export type Person = z.infer<typeof personSchema>;

/** A record while it is being written: any JSON object. What is missing or wrong is told as findings. */
export const unfinishedSchema = z.record(z.string().max(LIMITS.id), z.json());
export type Unfinished = z.infer<typeof unfinishedSchema>;

/** Who writes drafts that never leave this desk: no key is needed for them, and none fits them. */
export const THIS_DESK = 'this-desk';

/** One line of the talk about a draft; what happened to it is told in the same thread. */
export const commentSchema = z.strictObject({
  id: z.string().max(LIMITS.id),
  what: z.enum(['comment', 'submitted', 'withdrawn', 'approved', 'rejected', 'published', 'merged']),
  by: personSchema,
  at: instantSchema,
  text: z.string().max(LIMITS.text),
  /** The field it is about, as a JSON pointer, for example `/steps/3/say`. */
  path: z.string().max(LIMITS.line).optional(),
});
export type Comment = z.infer<typeof commentSchema>;

export const approvalSchema = z.strictObject({ by: personSchema, at: instantSchema });
export type Approval = z.infer<typeof approvalSchema>;

/** How many people besides the author have to approve a change. */
export const requiredSchema = z.union([z.literal(1), z.literal(2)]);

/** One change to one record, from the first key pressed to the desks. */
export const draftSchema = z.strictObject({
  id: z.string().max(LIMITS.id),
  kind: kindSchema,
  /** The key of the record inside its kind; a new record may change it until it is published. */
  key: z.string().max(LIMITS.id),
  /** `retire` takes the record off every desk; `record` then holds what was live. */
  op: z.enum(['put', 'retire']),
  record: unfinishedSchema,
  /** The live record this was started from; null for a new one. The base of a three-way comparison. */
  base: unfinishedSchema.nullable(),
  /** Version of that live record; 0 when nothing was published under this key before. */
  baseVer: z.int().min(0),
  state: draftStateSchema,
  author: personSchema,
  approvals: z.array(approvalSchema).max(10),
  required: requiredSchema,
  comments: z.array(commentSchema).max(LIMITS.list),
  /** From when the desks use it; absent: as soon as it is published. UTC ms. */
  validFrom: instantSchema.optional(),
  /** When the desks stop using it; absent: never. UTC ms. */
  validUntil: instantSchema.optional(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
  /** Grows with every change; a save names the one it saw. */
  rev: z.int().min(1),
  canUndo: z.boolean(),
  canRedo: z.boolean(),
  /** The release that carried it, once published. */
  release: z.int().min(1).optional(),
});
export type Draft = z.infer<typeof draftSchema>;

/**
 * Whose approval counts: each person once, and never the author's, except where nobody else could approve (`alone`).
 * Counted anew each time, because a second key may have come since.
 */
export function approversOf({ approvals, author }: Pick<Draft, 'approvals' | 'author'>, alone: boolean): Set<string> {
  return new Set(approvals.map(({ by }) => by.key).filter((key) => alone || key !== author.key));
}

/** Approvals still missing, where the organisation asks for `policy` and the draft for its own number. */
export function approvalsMissing(draft: Pick<Draft, 'approvals' | 'author' | 'required'>, policy: 1 | 2, alone: boolean): number {
  return Math.max(0, Math.max(draft.required, policy) - approversOf(draft, alone).size);
}

/** When a change to a live record is to go out; undefined when it may at once. A new record carries its dates itself, and every desk keeps them. */
export function publishAt({ base, validFrom }: Pick<Draft, 'base' | 'validFrom'>): number | undefined {
  return base === null ? undefined : validFrom;
}

/** States that still want somebody's work. */
export function isOpen(state: DraftState): boolean {
  return state === 'draft' || state === 'in-review' || state === 'approved';
}
