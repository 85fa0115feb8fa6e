import { z } from 'zod';
import { draftSchema, draftStateSchema, kindSchema, personSchema, unfinishedSchema } from '../domain/authoring/draft.ts';
import { findingSchema } from '../domain/authoring/findings.ts';
import { draftActionSchema, refusalSchema } from '../domain/authoring/transitions.ts';
import { daySchema, instantSchema, LIMITS } from '../domain/common.ts';
import { command, query } from './define.ts';

const nothing = z.strictObject({});
const id = z.string().max(LIMITS.id);
const rev = z.int().min(1);
const line = z.string().max(LIMITS.line);
const page = { from: z.int().min(0), count: z.int().min(1).max(500) } as const;

/** Why the workshop could not do it. The rules' own reasons, and those of the place. */
export const workshopReasonSchema = z.union([refusalSchema, z.enum(['no-key', 'locked-key', 'no-channel', 'gone', 'stale', 'not-allowed', 'conflict', 'key-taken', 'someone-published', 'too-early', 'picture-missing', 'installing', 'not-here', 'channel-busy', 'not-installed-yet', 'cannot-write', 'too-large'])]);
export type WorkshopReason = z.infer<typeof workshopReasonSchema>;

const refused = z.strictObject({ ok: z.literal(false), reason: workshopReasonSchema, draft: draftSchema.optional() });
const withDraft = z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), draft: draftSchema }), refused]);

export const draftSummarySchema = z.strictObject({
  id, kind: kindSchema, key: id, op: z.enum(['put', 'retire']),
  title: line,
  state: draftStateSchema,
  author: personSchema,
  approvals: z.int(), required: z.int(),
  comments: z.int(),
  updatedAt: instantSchema,
  /** When a change to a live record is to go out. */
  publishAt: instantSchema.optional(),
  release: z.int().optional(),
  /** What is live has changed since this was started. */
  behind: z.boolean(),
});
export type DraftSummary = z.infer<typeof draftSummarySchema>;

export const browsedSchema = z.strictObject({
  kind: kindSchema, key: id, title: line,
  owner: line.optional(),
  verifiedAt: daySchema.optional(),
  verifiedBy: line.optional(),
  /** A draft of it that is under way. */
  draft: z.strictObject({ id, state: draftStateSchema }).optional(),
});
export type Browsed = z.infer<typeof browsedSchema>;

export const staleSchema = browsedSchema.extend({ dueOn: daySchema, overdueDays: z.int() });
export type Stale = z.infer<typeof staleSchema>;

export const releaseViewSchema = z.strictObject({
  release: z.int(),
  current: z.boolean(),
  at: instantSchema.optional(),
  by: line.optional(),
  note: z.string().max(LIMITS.text).optional(),
  rollbackTo: z.int().optional(),
  changed: z.strictObject({ added: z.int(), changed: z.int(), removed: z.int() }).optional(),
  changes: z.array(z.strictObject({ key: line, change: z.enum(['added', 'changed', 'removed']), title: line })).max(100).optional(),
});
export type ReleaseView = z.infer<typeof releaseViewSchema>;

/** Writing, reviewing and publishing. Drafts stay on this desk until they are sent for review. */
export const authoringContract = {
  /** Who this desk writes as: the key it holds, or nobody. */
  'authoring.me': query({ home: 'main', input: nothing, output: z.strictObject({ person: personSchema.nullable(), unlocked: z.boolean(), channel: z.boolean(), policy: z.union([z.literal(1), z.literal(2)]), alone: z.boolean(), approversMissing: z.int().min(0), mayPublish: z.boolean() }) }),
  'authoring.list': query({
    home: 'main',
    input: z.strictObject({ states: z.array(draftStateSchema).max(5).optional(), kinds: z.array(kindSchema).max(20).optional(), mine: z.boolean().optional(), text: line.optional(), ...page }),
    output: z.strictObject({ drafts: z.array(draftSummarySchema), total: z.int(), counts: z.record(z.string().max(20), z.int()) }),
  }),
  'authoring.get': query({ home: 'main', input: z.strictObject({ id }), output: z.strictObject({ draft: draftSchema.nullable(), findings: z.array(findingSchema) }) }),
  /** Starts a draft: from what is live, to take it off the desks, or new from a first outline. An open draft of the record by this person is taken up. */
  'authoring.open': command({
    home: 'main',
    input: z.discriminatedUnion('from', [
      z.strictObject({ from: z.literal('live'), kind: kindSchema, key: id, op: z.enum(['put', 'retire']).optional() }),
      z.strictObject({ from: z.literal('new'), kind: kindSchema, record: unfinishedSchema.optional() }),
      z.strictObject({ from: z.literal('copy'), kind: kindSchema, key: id }),
      /** A change that stays on this desk. */
      z.strictObject({ from: z.literal('here'), kind: kindSchema, key: id }),
    ]),
    output: withDraft,
  }),
  /** Autosave: answered when it is committed. `group` joins keystrokes of one field into one undo step. */
  'authoring.save': command({
    home: 'main',
    input: z.strictObject({ id, rev, record: unfinishedSchema, group: line.optional() }),
    output: z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), rev, updatedAt: instantSchema, key: id, canUndo: z.boolean(), canRedo: z.boolean() }), refused]),
  }),
  'authoring.undo': command({ home: 'main', input: z.strictObject({ id, rev }), output: withDraft }),
  'authoring.redo': command({ home: 'main', input: z.strictObject({ id, rev }), output: withDraft }),
  'authoring.act': command({ home: 'main', input: z.strictObject({ id, rev, action: draftActionSchema }), output: withDraft }),
  'authoring.discard': command({ home: 'main', input: z.strictObject({ id }), output: nothing }),
  /** Brings a discarded draft back; possible for 30 days. */
  'authoring.restore': command({ home: 'main', input: z.strictObject({ id }), output: withDraft }),
  /** Words typed and not sent yet, by where they were typed; empty: none. */
  'authoring.unsent': query({ home: 'main', input: z.strictObject({ about: line }), output: z.strictObject({ text: z.string().max(LIMITS.text) }) }),
  /** Answered when they are on the disk; empty words are forgotten. */
  'authoring.keep-unsent': command({ home: 'main', input: z.strictObject({ about: line, text: z.string().max(LIMITS.text) }), output: nothing }),
  /** A picture by its key, from a draft that is under way here or from what is live. */
  'authoring.picture': query({ home: 'main', input: z.strictObject({ key: id }), output: z.strictObject({ record: unfinishedSchema.nullable() }) }),
  /** The three sides of a change: what it was started from, what is live now, what it says. */
  'authoring.compare': query({
    home: 'main',
    input: z.strictObject({ id }),
    output: z.strictObject({ base: unfinishedSchema.nullable(), live: unfinishedSchema.nullable(), liveVer: z.int(), mine: unfinishedSchema.nullable() }),
  }),
  /** Puts the draft on top of what is live, with the fields as a person chose them. */
  'authoring.resolve': command({ home: 'main', input: z.strictObject({ id, rev, liveVer: z.int(), record: unfinishedSchema }), output: withDraft }),
  /** Signs and sends the approved drafts as one release. Compared with what is live before anything is written. */
  'authoring.publish': command({
    home: 'main',
    input: z.strictObject({ ids: z.array(id).min(1).max(500) }),
    output: z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), release: z.int(), count: z.int() }), z.strictObject({ ok: z.literal(false), reason: workshopReasonSchema, ids: z.array(id).max(500) })]),
  }),
  /** The releases of the knowledge base this desk writes for, newest first. */
  'authoring.releases': query({ home: 'main', input: nothing, output: z.strictObject({ releases: z.array(releaseViewSchema).max(100) }) }),
  /** Publishes a new release with the content of an older one. */
  'authoring.rollback': command({
    home: 'main',
    input: z.strictObject({ release: z.int().min(1) }),
    output: z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), /** Null: sent for review, because others have to sign too. */ release: z.int().nullable(), count: z.int() }), z.strictObject({ ok: z.literal(false), reason: workshopReasonSchema })]),
  }),
  /** The live records of a kind, a page of them. */
  'authoring.browse': query({ home: 'main', input: z.strictObject({ kind: kindSchema, text: line.optional(), ...page }), output: z.strictObject({ records: z.array(browsedSchema), total: z.int() }) }),
  /** Records whose owner should have looked at them again, the longest overdue first. */
  'authoring.stale': query({ home: 'main', input: z.strictObject({ today: daySchema, ...page }), output: z.strictObject({ records: z.array(staleSchema), total: z.int() }) }),
} as const;
