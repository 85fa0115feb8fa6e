import { describe, expect, it } from 'vitest';
import type { PracticeCaller } from '#shared/domain/desk-lists.ts';
import { afterMove, afterSilence, heardAgent, openConversation, patienceLeft, resumeClock, type Conversation } from '#shared/domain/practise/conversation.ts';
import { practiceReviewSchema, reviewPractice } from '#shared/domain/practise/review.ts';
import { EMPTY_USAGE } from '#shared/domain/prompts/usage.ts';
import { apply, replay } from '#shared/domain/scripts/engine.ts';
import type { ScriptEvent } from '#shared/domain/scripts/events.ts';
import { createScriptLibrary } from '#shared/domain/scripts/library.ts';
import type { Script } from '#shared/domain/scripts/schema.ts';
import { isRefused, type ScriptState } from '#shared/domain/scripts/state.ts';

const greeting: Script = {
  id: 'greeting', kind: 'sub-script', title: 'Greeting', description: 'd', entry: 'hello',
  fields: [{ id: 'customerName', label: 'Name', type: 'text' }],
  steps: [
    { id: 'hello', cue: 'Hello', say: 'Hello.', mustSay: 'Recording notice', next: 'name' },
    { id: 'name', cue: 'Name', capture: [{ field: 'customerName' }], next: 'thanks' },
    { id: 'thanks', cue: 'Thanks', say: 'Thanks.' },
  ],
};
const late: Script = {
  id: 'late', kind: 'call', title: 'Late', description: 'd', entry: 'open',
  steps: [
    { id: 'open', cue: 'Open', subScript: 'greeting', next: 'when' },
    { id: 'when', cue: 'When', answers: [{ id: 'again', label: 'Again', to: 'when' }, { id: 'on', label: 'On', to: 'promise' }] },
    { id: 'promise', cue: 'Promise', say: 'I promise.', mustSay: 'The promise' },
  ],
};
const library = createScriptLibrary([late, greeting]);
const caller: PracticeCaller = {
  id: 'denise', script: 'late', name: 'Denise', brief: 'b', mood: 'cross', patienceSeconds: 10, opening: 'Right.',
  lines: [{ step: 'open', says: 'Denise Farrow.' }, { step: 'when', says: 'Thursday.' }],
  impatient: ['Hello?', 'Still there?'],
  twists: [{ afterSteps: 3, says: 'My neighbour got hers.', goodAnswer: 'Do not compete.' }],
};

/** Walks with the caller beside the script, one operation per entry, a second apart. */
function talk(operations: readonly Record<string, unknown>[]): { conversation: Conversation; state: ScriptState; events: ScriptEvent[] } {
  const events: ScriptEvent[] = [{ type: 'start', at: 0, script: 'late' }];
  let state = replay(events, library);
  let conversation = afterMove(openConversation(caller, 0), caller, state, library, 0, false);
  operations.forEach((operation, index) => {
    const event = { ...operation, at: (index + 1) * 1_000 } as ScriptEvent;
    const next = apply(state, event, library);
    if (isRefused(next)) throw new Error(next.reason.key);
    state = next;
    events.push(event);
    conversation = afterMove(conversation, caller, state, library, event.at, ['answer', 'next', 'skip'].includes(event.type));
  });
  return { conversation, state, events };
}
const said = (conversation: Conversation): string[] => conversation.lines.map((line) => line.text);

describe('what a prepared caller says', () => {
  it('answers the first question of a sub-script with the line of the step that opened it, not the greeting', () => {
    expect(said(talk([]).conversation)).toEqual(['Right.']);
    expect(said(talk([{ type: 'next' }]).conversation)).toEqual(['Right.', 'Denise Farrow.']);
  });

  it('says a line once, however often its step is seen', () => {
    const walk = [{ type: 'next' }, { type: 'next' }, { type: 'next' }, { type: 'answer', answer: 'again' }, { type: 'back' }];
    expect(said(talk(walk).conversation).filter((text) => text === 'Thursday.')).toHaveLength(1);
  });

  it('throws a twist in after its number of steps forward, once; going back does not count', () => {
    expect(said(talk([{ type: 'next' }, { type: 'next' }, { type: 'back' }]).conversation)).not.toContain('My neighbour got hers.');
    const { conversation } = talk([{ type: 'next' }, { type: 'next' }, { type: 'next' }, { type: 'answer', answer: 'again' }]);
    expect(said(conversation).filter((text) => text === 'My neighbour got hers.')).toHaveLength(1);
  });
});

describe('patience', () => {
  const start = openConversation(caller, 0);
  it('runs out after the caller’s own silence, and again after as long', () => {
    expect(afterSilence(start, caller, 9_999)).toBe(start);
    const once = afterSilence(start, caller, 10_000);
    expect(said(once)).toEqual(['Right.', 'Hello?']);
    expect(afterSilence(once, caller, 19_999)).toBe(once);
    expect(said(afterSilence(once, caller, 20_000))).toEqual(['Right.', 'Hello?', 'Still there?']);
  });
  it('begins anew when the agent does something', () => {
    expect(patienceLeft(heardAgent(start, 8_000), caller, 12_000)).toBe(6_000);
  });
  it('does not run while the clock is stopped', () => {
    const resumed = resumeClock(start, 4_000, 64_000);
    expect(patienceLeft(resumed, caller, 64_000)).toBe(6_000);
  });
});

describe('the look back', () => {
  it('names the must-say line that was missed, the twist with its good answer, and fits its schema', () => {
    const { conversation, state, events } = talk([{ type: 'skip' }, { type: 'next' }, { type: 'next' }, { type: 'answer', answer: 'on' }, { type: 'next' }]);
    const review = reviewPractice({ caller, conversation, state, events, library, usage: EMPTY_USAGE, notes: 'Saturday' }, 'en');
    expect(practiceReviewSchema.parse(review)).toEqual(review);
    expect(review).toMatchObject({ finished: true, said: ['The promise'], missed: ['Recording notice'], phrases: [], impatient: 0 });
    expect(review.twists).toEqual([{ says: 'My neighbour got hers.', goodAnswer: 'Do not compete.' }]);
    const kinds = review.remarks.map((remark) => remark.kind);
    expect(kinds).toEqual(kinds.toSorted());
    expect(review.remarks.map((remark) => remark.key)).toContain('practise.review.noPhrases');
  });
});
