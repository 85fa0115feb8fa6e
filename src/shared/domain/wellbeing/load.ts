import { z } from 'zod';
import { instantSchema } from '../common.ts';
import { hardCallKindSchema } from './rules.ts';

/**
 * The load gauge: a sum over plain events the agent can read line by line. It has no input from voice,
 * face or the rhythm of keys, and says nothing about health; it answers "what has this shift asked of me
 * since I last rested".
 */
export const loadEventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('callEnded'), at: instantSchema, talkMs: z.number().min(0), /** Free time before this call. */ gapMs: z.number().min(0) }),
  z.strictObject({ type: z.literal('rested'), at: instantSchema, ms: z.number().min(0) }),
  z.strictObject({ type: z.literal('hardCall'), at: instantSchema, kind: hardCallKindSchema }),
  /** Self check-in: 1 worn out to 5 fresh. */
  z.strictObject({ type: z.literal('checkIn'), at: instantSchema, value: z.int().min(1).max(5) }),
  z.strictObject({ type: z.literal('dayStarted'), at: instantSchema }),
]);
export type LoadEvent = z.infer<typeof loadEventSchema>;

export const loadStateSchema = z.strictObject({
  /** UTC epoch ms of the last rest, or of the start of the day; null before any. */
  since: instantSchema.nullable(),
  /** Calls one after the other without a breather or a rest. */
  row: z.int().min(0),
  longCalls: z.int().min(0),
  talkMs: z.number().min(0),
  hardCalls: z.array(z.strictObject({ at: instantSchema, kind: hardCallKindSchema, restedMs: z.number().min(0) })).max(200),
  checkIn: z.strictObject({ at: instantSchema, value: z.int().min(1).max(5) }).nullable(),
});
export type LoadState = z.infer<typeof loadStateSchema>;

export const NO_LOAD: LoadState = { since: null, row: 0, longCalls: 0, talkMs: 0, hardCalls: [], checkIn: null };

const MINUTE = 60_000;
/** A pause between calls this long is a breather: the row of calls begins anew. */
const BREATHER_MS = 60_000;
/** Rest that begins the count anew. */
const REST_MS = 5 * MINUTE;
/** A call longer than this is a long one. */
export const LONG_CALL_MS = 20 * MINUTE;
/** A check-in says something for this long. */
const CHECK_IN_FRESH_MS = 2 * 60 * MINUTE;
const RECOVERED_MS = { draining: 90_000, abusive: 5 * MINUTE, threat: 10 * MINUTE, distressing: 10 * MINUTE } as const;

export function applyLoad(state: LoadState, event: LoadEvent): LoadState {
  switch (event.type) {
    case 'dayStarted': return { ...NO_LOAD, since: event.at };
    case 'callEnded': return {
      ...state, since: state.since ?? event.at,
      row: event.gapMs >= BREATHER_MS ? 1 : state.row + 1,
      longCalls: state.longCalls + (event.talkMs > LONG_CALL_MS ? 1 : 0),
      talkMs: state.talkMs + event.talkMs,
    };
    case 'rested': {
      const hardCalls = state.hardCalls.map((call) => ({ ...call, restedMs: call.restedMs + event.ms }));
      if (event.ms < BREATHER_MS) return { ...state, hardCalls };
      const rested = { ...state, row: 0, hardCalls };
      return event.ms < REST_MS ? rested : { ...rested, since: event.at, longCalls: 0, talkMs: 0 };
    }
    case 'hardCall': return { ...state, hardCalls: [...state.hardCalls, { at: event.at, kind: event.kind, restedMs: 0 }].slice(-200) };
    case 'checkIn': return { ...state, checkIn: { at: event.at, value: event.value } };
    default: return event satisfies never;
  }
}

export function replayLoad(events: Iterable<LoadEvent>): LoadState {
  let state = NO_LOAD;
  for (const event of events) state = applyLoad(state, event);
  return state;
}

export const LOAD_MESSAGES = {
  'load.sinceRest': '{minutes, plural, one {# minute} other {# minutes}} since a rest',
  'load.row': '{calls, plural, one {# call} other {# calls}} in a row',
  'load.longCalls': '{calls, plural, one {one long call} other {# long calls}}',
  'load.talk': '{minutes, plural, one {# minute} other {# minutes}} of talking since a rest',
  'load.hardCall.draining': '{calls, plural, one {one draining call} other {# draining calls}}',
  'load.hardCall.abusive': '{calls, plural, one {one abusive call} other {# abusive calls}}',
  'load.hardCall.threat': '{calls, plural, one {one threat} other {# threats}}',
  'load.hardCall.distressing': '{calls, plural, one {one distressing call} other {# distressing calls}}',
  'load.checkIn': 'you said {value} of 5, {minutes, plural, one {# minute} other {# minutes}} ago',
  'load.nothing': 'nothing yet',
} as const;
export type LoadMessageKey = keyof typeof LOAD_MESSAGES;

/** One line of the gauge: words, and what it adds. Points may be negative: feeling fresh counts too. */
export interface Contribution {
  readonly key: LoadMessageKey;
  readonly params: Readonly<Record<string, number>>;
  readonly points: number;
}

export interface Load {
  /** 0 to 100: the sum of the points, kept within that range. */
  readonly level: number;
  readonly band: 'light' | 'steady' | 'heavy';
  /** Heaviest first. */
  readonly contributions: readonly Contribution[];
}

/** Points, chosen so that an hour of back-to-back calls is "steady" and a threat alone is "heavy" until rested. */
const HARD_POINTS = { draining: 15, abusive: 30, threat: 60, distressing: 60 } as const;

export function loadOf(state: LoadState, at: number): Load {
  const contributions: Contribution[] = [];
  const add = (key: LoadMessageKey, params: Record<string, number>, points: number): void => {
    if (Math.round(points) !== 0) contributions.push({ key, params, points: Math.round(points) });
  };
  const minutes = state.since === null ? 0 : Math.max(0, Math.floor((at - state.since) / MINUTE));
  add('load.sinceRest', { minutes }, Math.min(35, (minutes / 60) * 20));
  if (state.row >= 2) add('load.row', { calls: state.row }, Math.min(25, (state.row - 1) * 2.5));
  if (state.longCalls > 0) add('load.longCalls', { calls: state.longCalls }, Math.min(20, state.longCalls * 8));
  for (const kind of ['draining', 'abusive', 'threat', 'distressing'] as const) {
    const open = state.hardCalls.filter((call) => call.kind === kind && call.restedMs < RECOVERED_MS[kind]);
    if (open.length > 0) add(`load.hardCall.${kind}`, { calls: open.length }, Math.min(80, open.length * HARD_POINTS[kind]));
  }
  const { checkIn } = state;
  if (checkIn !== null && at - checkIn.at <= CHECK_IN_FRESH_MS && at >= checkIn.at) {
    add('load.checkIn', { value: checkIn.value, minutes: Math.floor((at - checkIn.at) / MINUTE) }, (3 - checkIn.value) * 8);
  }
  const level = Math.max(0, Math.min(100, contributions.reduce((sum, line) => sum + line.points, 0)));
  contributions.sort((left, right) => right.points - left.points);
  return { level, band: level < 35 ? 'light' : level < 65 ? 'steady' : 'heavy', contributions };
}

/** Whether a check-in may be asked now: only if the agent allows it, never in a call, not too often. */
export function mayAskCheckIn(state: LoadState, at: number, allowed: { readonly perDay: number; readonly everyMs: number }, askedAt: readonly number[], inCall: boolean): boolean {
  if (inCall || allowed.perDay === 0 || askedAt.length >= allowed.perDay) return false;
  const last = Math.max(state.checkIn?.at ?? 0, ...askedAt, state.since ?? 0);
  return at - last >= allowed.everyMs;
}
