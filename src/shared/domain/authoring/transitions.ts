import { z } from 'zod';
import { assertNever, instantSchema, LIMITS } from '../common.ts';
import { approvalsMissing, isOpen, type Comment, type Draft, type Person } from './draft.ts';

const words = z.string().trim().max(LIMITS.text);
/** A reason somebody can act on. */
const reason = words.min(1);

/** What a person can do with a draft apart from editing it. */
export const draftActionSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('submit'), text: words.optional() }),
  z.strictObject({ type: z.literal('withdraw') }),
  z.strictObject({ type: z.literal('comment'), text: reason, path: z.string().max(LIMITS.line).optional() }),
  z.strictObject({ type: z.literal('approve'), text: words.optional() }),
  z.strictObject({ type: z.literal('reject'), text: reason }),
  z.strictObject({ type: z.literal('schedule'), from: instantSchema.nullable(), until: instantSchema.nullable() }),
  z.strictObject({ type: z.literal('require'), approvals: z.union([z.literal(1), z.literal(2)]) }),
]);
export type DraftAction = z.infer<typeof draftActionSchema>;

/** Why an action is not possible; the screen has a sentence for each. */
export const REFUSALS = [
  'not-a-draft', 'not-in-review', 'not-approved', 'already-out', 'not-the-author', 'own-draft', 'approved-already', 'has-errors', 'nothing-changed', 'ends-before-it-starts', 'below-policy',
] as const;
export const refusalSchema = z.enum(REFUSALS);
export type Refusal = z.infer<typeof refusalSchema>;

export type Outcome = { ok: true; draft: Draft } | { ok: false; reason: Refusal };

/** What the rules have to know besides the draft. */
export type Circumstances = {
  by: Person;
  /** UTC ms. */
  at: number;
  /** Id for the line this adds to the thread. */
  newId: string;
  /** The draft has findings that keep it from being published. */
  hasErrors: boolean;
  /** It differs from the live record it was started from. */
  changed: boolean;
  /** Fewest approvals the policy of the channel asks for. */
  policy: 1 | 2;
  /** Nobody else could approve: the channel trusts one key only and asks for one. */
  alone: boolean;
};

/** The rules of review. Returns the changed draft, or why it cannot be. */
export function act(draft: Draft, action: DraftAction, now: Circumstances): Outcome {
  if (!isOpen(draft.state) && action.type !== 'comment') return refuse('already-out');
  switch (action.type) {
    case 'submit':
      if (draft.state !== 'draft') return refuse('not-a-draft');
      if (draft.author.key !== now.by.key) return refuse('not-the-author');
      if (now.hasErrors && draft.op === 'put') return refuse('has-errors');
      if (!now.changed && draft.op === 'put') return refuse('nothing-changed');
      return accept({ ...draft, state: 'in-review', approvals: [] }, 'submitted', action.text ?? '', now);
    case 'withdraw':
      if (draft.state === 'draft') return refuse('not-in-review');
      if (draft.author.key !== now.by.key) return refuse('not-the-author');
      return accept({ ...draft, state: 'draft', approvals: [] }, 'withdrawn', '', now);
    case 'comment':
      return accept(draft, 'comment', action.text, now, action.path);
    case 'approve':
      return approve(draft, action.text ?? '', now);
    case 'reject':
      if (draft.state === 'draft') return refuse('not-in-review');
      if (draft.author.key === now.by.key) return refuse('own-draft');
      return accept({ ...draft, state: 'draft', approvals: [] }, 'rejected', action.text, now);
    case 'schedule':
      return schedule(draft, action.from ?? undefined, action.until ?? undefined, now);
    case 'require':
      if (draft.state !== 'draft') return refuse('not-a-draft');
      if (action.approvals < now.policy) return refuse('below-policy');
      return { ok: true, draft: { ...draft, required: action.approvals, updatedAt: now.at } };
    default:
      return assertNever(action);
  }
}

function approve(draft: Draft, text: string, now: Circumstances): Outcome {
  if (draft.state === 'draft') return refuse('not-in-review');
  // A second pair of eyes, wherever there is one.
  if (draft.author.key === now.by.key && !(now.alone && now.policy === 1 && draft.required === 1)) return refuse('own-draft');
  if (draft.approvals.some(({ by }) => by.key === now.by.key)) return refuse('approved-already');
  const approvals = [...draft.approvals, { by: now.by, at: now.at }];
  const enough = approvalsMissing({ ...draft, approvals }, now.policy, now.alone) === 0;
  return accept({ ...draft, approvals, state: enough ? 'approved' : 'in-review' }, 'approved', text, now);
}

/** What was approved was approved with its dates, so they change only while it is a draft. */
function schedule(draft: Draft, from: number | undefined, until: number | undefined, now: Circumstances): Outcome {
  if (draft.state !== 'draft') return refuse('not-a-draft');
  if (until !== undefined && until <= (from ?? now.at)) return refuse('ends-before-it-starts');
  const { validFrom: _from, validUntil: _until, ...rest } = draft;
  return { ok: true, draft: { ...rest, ...(from === undefined ? {} : { validFrom: from }), ...(until === undefined ? {} : { validUntil: until }), updatedAt: now.at } };
}

/** What publishing makes of a draft. Only what is approved by enough people goes out. */
export function published(draft: Draft, release: number, now: Circumstances): Outcome {
  if (!isOpen(draft.state)) return refuse('already-out');
  if (draft.state !== 'approved' || approvalsMissing(draft, now.policy, now.alone) > 0) return refuse('not-approved');
  return accept({ ...draft, state: draft.op === 'retire' ? 'retired' : 'published', release }, 'published', '', now);
}

/** The change came to this desk in a release that passed every check: whoever signed it there had the say. */
export function arrived(draft: Draft, release: number, now: Circumstances): Outcome {
  if (!isOpen(draft.state)) return refuse('already-out');
  return accept({ ...draft, state: draft.op === 'retire' ? 'retired' : 'published', release }, 'published', '', now);
}

/** A draft put on top of what somebody else published meanwhile. Nobody has approved this text, so review starts again. */
export function rebased(draft: Draft, on: { record: Draft['record'] | null; ver: number }, merged: Draft['record'], now: Circumstances): Outcome {
  if (!isOpen(draft.state)) return refuse('already-out');
  return accept({ ...draft, record: merged, base: on.record, baseVer: on.ver, state: 'draft', approvals: [] }, 'merged', '', now);
}

function refuse(why: Refusal): Outcome {
  return { ok: false, reason: why };
}

function accept(draft: Draft, what: Comment['what'], text: string, now: Circumstances, path?: string): Outcome {
  const line: Comment = { id: now.newId, what, by: now.by, at: now.at, text, ...(path === undefined ? {} : { path }) };
  return { ok: true, draft: { ...draft, comments: [...draft.comments, line].slice(-LIMITS.list), updatedAt: now.at } };
}
