import { expect, it } from 'vitest';
import { apply, replay } from '#shared/domain/scripts/engine.ts';
import type { ScriptEvent } from '#shared/domain/scripts/events.ts';
import { createScriptLibrary } from '#shared/domain/scripts/library.ts';
import type { Step } from '#shared/domain/scripts/schema.ts';
import { isRefused } from '#shared/domain/scripts/state.ts';
import { viewOf } from '#shared/domain/scripts/view.ts';
import { script } from './fixtures.ts';

/** 150 steps, a must-say line on each, four ways on from each and a way back: the worst a linted script may be. */
function big(): ReturnType<typeof script> {
  return script('big', Array.from({ length: 150 }, (_unused, index): Partial<Step> & { id: string } => ({
    id: `s${index}`, say: 'Words for {{call.name}}.', mustSay: `Must ${index}`,
    ...(index === 149 ? {} : { answers: [1, 2, 11, 40].map((jump, at) => ({ id: `a${at}`, label: 'A', to: `s${Math.min(149, index + jump)}` })), branches: [{ to: `s${Math.max(0, index - 3)}`, when: { '==': [{ var: 'fields.back' }, 1] } }], next: `s${index + 1}` }),
  })));
}

it('an operation on a 150-step script costs less than a millisecond, also after a long call', () => {
  const library = createScriptLibrary([big()]);
  let state = replay([{ type: 'start', at: 0, script: 'big' }], library);
  const times: Record<string, number[]> = {};
  const kinds: ((index: number) => ScriptEvent)[] = [
    (index) => ({ type: 'next', at: index }), (index) => ({ type: 'answer', at: index, answer: 'a1' }), (index) => ({ type: 'jump', at: index, step: `s${(index * 37) % 150}` }),
    (index) => ({ type: 'back', at: index }), (index) => ({ type: 'setField', at: index, field: 'item', value: `v${index}` }), (index) => ({ type: 'skip', at: index, answer: 'a0' }), (index) => ({ type: 'undo', at: index }),
  ];
  for (let index = 1; index < 3_000; index++) {
    const event = (kinds[(index * 7 + (index >> 3)) % kinds.length] as (typeof kinds)[number])(index);
    const from = performance.now();
    const result = apply(state, event, library);
    const took = performance.now() - from;
    if (isRefused(result)) { state = replay([{ type: 'start', at: 0, script: 'big' }], library); continue; }
    (times[event.type] ??= []).push(took);
    state = result;
  }
  for (const [type, list] of Object.entries(times)) {
    list.sort((left, right) => left - right);
    // The upper quartile: what is above it on a busy machine is the machine.
    expect([type, (list[Math.floor(list.length * 0.75)] as number) < 1]).toEqual([type, true]);
  }
  const view: number[] = [];
  for (let index = 0; index < 50; index++) {
    const from = performance.now();
    viewOf(state, library, { language: 'en', wording: 'full', slots: {} });
    view.push(performance.now() - from);
  }
  expect(view.sort((left, right) => left - right)[25]).toBeLessThan(4);
});
