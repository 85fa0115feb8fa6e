import type { PracticeCaller } from '../desk-lists.ts';
import type { Visit } from '../scripts/events.ts';
import type { ScriptLibrary } from '../scripts/library.ts';
import { currentVisit, type ScriptState } from '../scripts/state.ts';

/** One thing the prepared caller said. */
export interface Utterance {
  readonly kind: 'opening' | 'line' | 'impatient' | 'twist';
  readonly text: string;
  /** UTC epoch ms. */
  readonly at: number;
  /** Place of a twist in the caller's list. */
  readonly twist?: number;
}

/** The caller's side of a practice. The agent's side is the script's own state: there is no second engine. */
export interface Conversation {
  readonly lines: readonly Utterance[];
  /** Steps of the caller's script whose line was said. */
  readonly spoken: readonly string[];
  /** Steps gone forward. */
  readonly moves: number;
  /** When the agent last did or typed something; silence is counted from here. */
  readonly lastActAt: number;
  readonly impatient: number;
}

/** The caller opens; nothing was asked yet. */
export function openConversation(caller: PracticeCaller, at: number): Conversation {
  return { lines: [{ kind: 'opening', text: caller.opening, at }], spoken: [], moves: 0, lastActAt: at, impatient: 0 };
}

/** The agent did something: the caller's patience begins anew. */
export function heardAgent(conversation: Conversation, at: number): Conversation {
  return { ...conversation, lastActAt: at };
}

/**
 * The script went on. The caller answers the step on screen with the line written for it, once, and
 * throws in a twist when enough steps have been gone.
 */
export function afterMove(conversation: Conversation, caller: PracticeCaller, state: ScriptState, library: ScriptLibrary, at: number, forward: boolean): Conversation {
  const moves = conversation.moves + (forward ? 1 : 0);
  const next: Conversation = { ...conversation, moves, lastActAt: at };
  const answered = sayLine(next, caller, state, library, at);
  return forward ? throwTwist(answered, caller, at) : answered;
}

function sayLine(conversation: Conversation, caller: PracticeCaller, state: ScriptState, library: ScriptLibrary, at: number): Conversation {
  if (state.core === null || state.core.finished) return conversation;
  const step = stepOfCaller(currentVisit(state.core), caller, library);
  if (step === undefined || conversation.spoken.includes(step)) return conversation;
  const line = caller.lines.find((one) => one.step === step);
  if (line === undefined) return conversation;
  return { ...conversation, spoken: [...conversation.spoken, step], lines: [...conversation.lines, { kind: 'line', text: line.says, at }] };
}

/**
 * The step of the caller's own script that a visit stands for. Inside a sub-script that is the step which
 * opened it, at the first place there that asks the caller for something: a greeting alone is not answered.
 */
function stepOfCaller(visit: Visit, caller: PracticeCaller, library: ScriptLibrary): string | undefined {
  if (visit.script === caller.script) return visit.step;
  const frame = visit.frames.find((one) => one.script === caller.script);
  if (frame === undefined) return undefined;
  const step = library.get(visit.script)?.step(visit.step);
  const asks = (step?.capture?.length ?? 0) > 0 || (step?.answers?.length ?? 0) > 0;
  return asks ? frame.step : undefined;
}

function throwTwist(conversation: Conversation, caller: PracticeCaller, at: number): Conversation {
  const thrown = new Set(conversation.lines.map((line) => line.twist));
  const due = caller.twists.findIndex((twist, index) => !thrown.has(index) && conversation.moves >= twist.afterSteps);
  const twist = caller.twists[due];
  if (twist === undefined) return conversation;
  return { ...conversation, lines: [...conversation.lines, { kind: 'twist', text: twist.says, at, twist: due }] };
}

/** What is left of the caller's patience, ms; never below 0. */
export function patienceLeft(conversation: Conversation, caller: PracticeCaller, now: number): number {
  return Math.max(0, caller.patienceSeconds * 1_000 - (now - conversation.lastActAt));
}

/** Time passed: a caller left in silence for too long says so, and waits as long again. */
export function afterSilence(conversation: Conversation, caller: PracticeCaller, now: number): Conversation {
  if (patienceLeft(conversation, caller, now) > 0) return conversation;
  const text = caller.impatient[conversation.impatient % caller.impatient.length] ?? '';
  return { ...conversation, impatient: conversation.impatient + 1, lastActAt: now, lines: [...conversation.lines, { kind: 'impatient', text, at: now }] };
}

/** The practice goes on after a break of the clock: the break was no silence. */
export function resumeClock(conversation: Conversation, pausedAt: number, now: number): Conversation {
  return { ...conversation, lastActAt: conversation.lastActAt + Math.max(0, now - pausedAt) };
}
