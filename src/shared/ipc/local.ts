import { z } from 'zod';
import { kindSchema } from '../domain/authoring/draft.ts';
import { instantSchema, LIMITS } from '../domain/common.ts';
import { command, query } from './define.ts';

const nothing = z.strictObject({});
const id = z.string().max(LIMITS.id);
const line = z.string().max(LIMITS.line);
const ref = { kind: kindSchema, key: id } as const;

export const localReasonSchema = z.enum(['gone', 'stale', 'has-errors', 'nothing-changed', 'installing', 'not-here', 'must-stay']);
export type LocalReason = z.infer<typeof localReasonSchema>;

/** A record this desk shows otherwise than everybody else. */
export const localChangeSchema = z.strictObject({
  ...ref,
  title: line,
  /** Who changed it, as the desk knows the agent. */
  by: line,
  at: instantSchema,
  /** False: it is being written and shows nowhere yet. */
  inUse: z.boolean(),
  /** It is shown nowhere on this desk. */
  hidden: z.boolean(),
  /** What became of the signed record since somebody last looked at both. */
  signed: z.enum(['same', 'changed', 'gone']),
  /** A change of it that is being written. */
  draft: id.optional(),
});
export type LocalChange = z.infer<typeof localChangeSchema>;

const done = z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true) }), z.strictObject({ ok: z.literal(false), reason: localReasonSchema })]);

/** Where a record in use comes from, where that is worth saying. */
export const markSchema = z.strictObject({
  ...ref,
  /** This desk changed it for itself. */
  local: z.boolean(),
  /** Two knowledge bases say different things: the one that decides, and the others, by title. */
  base: line.optional(),
  others: z.array(line).max(30),
});
export type Mark = z.infer<typeof markSchema>;

/** What this desk changed for itself, and which knowledge base decides over which. */
export const localContract = {
  'local.list': query({ home: 'main', input: nothing, output: z.strictObject({ changes: z.array(localChangeSchema).max(5_000) }) }),
  /** Puts what a draft of this desk says on top, here only. */
  'local.use': command({ home: 'main', input: z.strictObject({ id, rev: z.int().min(1) }), output: done }),
  /** Takes a record off this desk alone. */
  'local.hide': command({ home: 'main', input: z.strictObject(ref), output: done }),
  /** Shows again what everybody else has. */
  'local.undo': command({ home: 'main', input: z.strictObject(ref), output: done }),
  /** The desk's own stays, though another signed record lies beneath now. */
  'local.keep': command({ home: 'main', input: z.strictObject(ref), output: done }),
  /** Records that were changed here, and those about which two knowledge bases differ. */
  'knowledge.marks': query({ home: 'knowledge', input: nothing, output: z.strictObject({ marks: z.array(markSchema).max(10_000) }) }),
  /** Knowledge bases of this desk, the deciding one first. */
  'bases.list': query({ home: 'main', input: nothing, output: z.strictObject({ bases: z.array(z.strictObject({ kb: id, title: line, release: z.int().min(0), records: z.int().min(0) })).max(100) }) }),
  /** Which base decides where two have the same record: the first one named does. */
  'bases.order': command({ home: 'main', input: z.strictObject({ kbs: z.array(id).min(1).max(100) }), output: z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), changed: z.int().min(0) }), z.strictObject({ ok: z.literal(false), reason: z.enum(['installing']) })]) }),
} as const;
