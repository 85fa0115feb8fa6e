import { describe, expect, it } from 'vitest';
import { apply } from '#shared/domain/scripts/engine.ts';
import type { ScriptEvent } from '#shared/domain/scripts/events.ts';
import { createScriptLibrary } from '#shared/domain/scripts/library.ts';
import { reviewWalk, type WalkReview } from '#shared/domain/scripts/review.ts';
import { emptyScriptState, isRefused } from '#shared/domain/scripts/state.ts';
import { script, type Act } from './fixtures.ts';

const complaint = script('complaint', [
  { id: 'listen', next: 'notice' }, { id: 'notice', mustSay: 'Recording', next: 'number' },
  { id: 'number', capture: [{ field: 'order', required: true }], next: 'terms' }, { id: 'terms', mustSay: 'Terms', next: 'close' }, { id: 'close', mustSay: 'Reference' },
], { fields: [{ id: 'order', label: 'Order number', type: 'text' }] });

/** Acts with the seconds that pass before each. */
function review(...walk: [number, Act][]): WalkReview {
  const library = createScriptLibrary([complaint]);
  let [state, at] = [emptyScriptState(), 1_000];
  const events: ScriptEvent[] = [];
  for (const [seconds, act] of walk) {
    at += seconds * 1_000;
    const event = { ...act, at } as ScriptEvent;
    const result = apply(state, event, library);
    if (isRefused(result)) throw new Error(result.reason.key);
    events.push(event);
    state = result;
  }
  return reviewWalk(events, state, library, 'en');
}
const keys = (result: WalkReview): string[] => result.notes.map((note) => `${note.kind}:${note.key.slice(7)}`);

describe('looking back at a walk', () => {
  it('praises a whole one and names the step that took longest', () => {
    const result = review([0, { type: 'start', script: 'complaint' }], [60, { type: 'next' }], [5, { type: 'next' }], [5, { type: 'setField', field: 'order', value: '4711' }], [1, { type: 'next' }], [5, { type: 'next' }], [5, { type: 'next' }]);
    expect(keys(result)).toEqual(['good:finished', 'good:allSaid', 'good:noBacks', 'try:longStep']);
    expect(result.notes.at(-1)?.params).toEqual({ cue: 'listen', seconds: 60 });
    expect(result.totalMs).toBe(81_000);
    expect(result.steps.map((step) => [step.step, step.ms])).toEqual([['listen', 60_000], ['notice', 5_000], ['number', 6_000], ['terms', 5_000], ['close', 5_000]]);
  });

  it('names lines passed over, lines not reached, fields left open, and does not count pauses', () => {
    const result = review([0, { type: 'start', script: 'complaint' }], [5, { type: 'jump', step: 'number' }], [5, { type: 'pause', reason: 'interruption' }], [600, { type: 'resume' }], [5, { type: 'next', force: true }], [5, { type: 'noteFact', id: 'a', text: 'moved' }]);
    expect(result).toMatchObject({ finished: false, owed: ['Recording'], notReached: ['Terms', 'Reference'], missed: ['Order number'], jumps: 1, totalMs: 20_000 });
    expect(keys(result)).toEqual(['good:facts', 'try:owed', 'try:notReached', 'try:notReached', 'try:missed']);
  });
});
