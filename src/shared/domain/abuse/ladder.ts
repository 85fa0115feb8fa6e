import { z } from 'zod';
import { idSchema, instantSchema, LIMITS, type LocalText } from '../common.ts';
import type { AbuseCategory, AbuseMessageKey, AbusePolicy } from './policy.ts';

const at = { at: instantSchema };
const category = z.string().max(60);

/** What happened, as the agent marks it by key. Nothing is inferred. */
export const abuseEventSchema = z.discriminatedUnion('type', [
  /** It happened (again); `words` only if the agent wants to keep them. */
  z.strictObject({ ...at, type: z.literal('incident'), category, words: z.string().max(LIMITS.text).optional() }),
  /** The agent said the warning. */
  z.strictObject({ ...at, type: z.literal('warned'), category }),
  z.strictObject({ ...at, type: z.literal('supervisorJoined') }),
  z.strictObject({ ...at, type: z.literal('ended'), category }),
  /** Takes the last event of the call back. */
  z.strictObject({ ...at, type: z.literal('takeBack') }),
]);
export type AbuseEvent = z.infer<typeof abuseEventSchema>;
type LadderEvent = Exclude<AbuseEvent, { type: 'takeBack' }>;

export interface AbuseState { readonly log: readonly LadderEvent[] }
export const NO_ABUSE: AbuseState = { log: [] };

export function applyAbuse(state: AbuseState, event: AbuseEvent): AbuseState {
  return { log: event.type === 'takeBack' ? state.log.slice(0, -1) : [...state.log, event] };
}

export function replayAbuse(events: Iterable<AbuseEvent>): AbuseState {
  let state = NO_ABUSE;
  for (const event of events) state = applyAbuse(state, event);
  return state;
}

/** Warnings given in this call: of one category, or all together. */
export function warningsGiven(state: AbuseState, categoryId?: string): number {
  return state.log.filter((event) => event.type === 'warned' && (categoryId === undefined || event.category === categoryId)).length;
}

export interface LadderWords {
  /** The policy's own words; the key stands in where it has none. */
  readonly text: LocalText | undefined;
  readonly key: AbuseMessageKey;
}

/** The next step the ladder allows in a category. `end` is allowed, never demanded. */
export type LadderStep =
  | { readonly kind: 'listen'; readonly words: LadderWords }
  | { readonly kind: 'warn'; readonly number: number; readonly of: number; readonly final: boolean; readonly supervisorMayJoin: boolean; readonly words: LadderWords }
  | { readonly kind: 'end'; readonly atOnce: boolean; readonly report: boolean; readonly recovery: AbuseCategory['recovery']; readonly words: LadderWords };

export function nextLadderStep(state: AbuseState, policy: AbusePolicy, categoryId: string): LadderStep | undefined {
  const rung = policy.categories.find((candidate) => candidate.id === categoryId);
  if (rung === undefined) return undefined;
  if (rung.listenOnly === true) return { kind: 'listen', words: { text: undefined, key: 'abuse.listen' } };
  const given = warningsGiven(state, categoryId);
  const totalReached = policy.totalWarnings !== undefined && warningsGiven(state) >= policy.totalWarnings;
  if (given >= rung.warnings || totalReached) {
    const atOnce = given === 0 && !totalReached;
    return {
      kind: 'end', atOnce, report: rung.report === true, recovery: rung.recovery,
      words: { text: rung.endWords ?? policy.endWords, key: atOnce ? 'abuse.end.atOnce' : 'abuse.end' },
    };
  }
  const leftInTotal = policy.totalWarnings === undefined ? Number.POSITIVE_INFINITY : policy.totalWarnings - warningsGiven(state);
  const final = given + 1 >= rung.warnings || leftInTotal <= 1;
  const words = rung.warningWords?.[Math.min(given, rung.warningWords.length - 1)];
  return {
    kind: 'warn', number: given + 1, of: rung.warnings, final, supervisorMayJoin: rung.supervisorMayJoin === true,
    words: { text: words, key: warningKey(given, final) },
  };
}

function warningKey(given: number, final: boolean): AbuseMessageKey {
  if (final) return given === 0 ? 'abuse.warn.only' : 'abuse.warn.final';
  return given === 0 ? 'abuse.warn.first' : 'abuse.warn.again';
}

/** What a supervisor may be handed, by the agent's own act, as a file. Carries nothing of the agent's state. */
export const incidentRecordSchema = z.strictObject({
  format: z.literal('callside.incident'),
  version: z.literal(1),
  id: idSchema,
  call: z.string().max(LIMITS.id),
  /** The caller's number or name, only if the agent adds it. */
  caller: z.string().max(LIMITS.line).optional(),
  startedAt: instantSchema,
  entries: z.array(z.strictObject({ at: instantSchema, category, kind: z.enum(['incident', 'warned', 'ended']), words: z.string().max(LIMITS.text).optional() })).max(500),
  categories: z.array(z.strictObject({ category, incidents: z.int().min(0), warnings: z.int().min(0) })).max(20),
  supervisorJoined: z.boolean(),
  ended: z.boolean(),
  report: z.boolean(),
  note: z.string().max(LIMITS.text).optional(),
});
export type IncidentRecord = z.infer<typeof incidentRecordSchema>;

export interface IncidentMeta {
  readonly id: string;
  readonly call: string;
  readonly caller?: string;
  readonly note?: string;
  /** Whether quoted words go into the record. */
  readonly withWords: boolean;
}

/** The record of a call's abuse; undefined when nothing beyond listening happened. */
export function incidentRecord(state: AbuseState, policy: AbusePolicy, meta: IncidentMeta): IncidentRecord | undefined {
  const rungs = new Map(policy.categories.map((rung) => [rung.id, rung]));
  const counted = state.log.flatMap((event) => (event.type === 'supervisorJoined' || rungs.get(event.category)?.listenOnly === true ? [] : [event]));
  const first = counted[0];
  if (first === undefined) return undefined;
  const names = [...new Set(counted.map((event) => event.category))];
  return {
    format: 'callside.incident', version: 1, id: meta.id, call: meta.call, startedAt: first.at,
    ...(meta.caller === undefined ? {} : { caller: meta.caller }),
    ...(meta.note === undefined ? {} : { note: meta.note }),
    entries: counted.map((event) => ({ at: event.at, category: event.category, kind: event.type, ...(meta.withWords && event.type === 'incident' && event.words !== undefined ? { words: event.words } : {}) })),
    categories: names.map((name) => ({
      category: name,
      incidents: counted.filter((event) => event.type === 'incident' && event.category === name).length,
      warnings: warningsGiven(state, name),
    })),
    supervisorJoined: state.log.some((event) => event.type === 'supervisorJoined'),
    ended: counted.some((event) => event.type === 'ended'),
    report: names.some((name) => rungs.get(name)?.report === true),
  };
}

/** The recovery pause a call's abuse calls for: the heaviest category of the log; undefined without abuse. */
export function recoveryFor(state: AbuseState, policy: AbusePolicy): AbuseCategory['recovery'] | undefined {
  const weight = { draining: 0, abusive: 1, distressing: 2, threat: 3 } as const;
  let heaviest: AbuseCategory['recovery'] | undefined;
  for (const event of state.log) {
    if (event.type === 'supervisorJoined') continue;
    const rung = policy.categories.find((candidate) => candidate.id === event.category);
    if (rung === undefined || rung.listenOnly === true) continue;
    if (heaviest === undefined || weight[rung.recovery] > weight[heaviest]) heaviest = rung.recovery;
  }
  return heaviest;
}
