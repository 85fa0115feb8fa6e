import { apply, replay } from '#shared/domain/scripts/engine.ts';
import type { ScriptEvent } from '#shared/domain/scripts/events.ts';
import type { ScriptLibrary } from '#shared/domain/scripts/library.ts';
import type { Step } from '#shared/domain/scripts/schema.ts';
import { isRefused } from '#shared/domain/scripts/state.ts';
import { script } from './fixtures.ts';

type State = ReturnType<typeof replay>;

/** A must-say line on each step, four ways on from each and a way back: the worst a linted script may be. */
export function longScript(steps: number): ReturnType<typeof script> {
  const last = steps - 1;
  return script('long', Array.from({ length: steps }, (_unused, index): Partial<Step> & { id: string } => ({
    id: `s${index}`, say: 'Words for {{call.name}}.', mustSay: `Must ${index}`,
    ...(index === last ? {} : { answers: [1, 2, 11, 40].map((jump, at) => ({ id: `a${at}`, label: 'A', to: `s${Math.min(last, index + jump)}` })), branches: [{ to: `s${Math.max(0, index - 3)}`, when: { '==': [{ var: 'fields.back' }, 1] } }], next: `s${index + 1}` }),
  })));
}

/** What an agent may do, in turn, from one moment to another; a call that can go no further begins again. `watch` gets each operation's kind and ms. */
export function busyCall(from: State, library: ScriptLibrary, steps: number, first: number, end: number, watch?: (kind: ScriptEvent['type'], ms: number) => void): State {
  const kinds: ((index: number) => ScriptEvent)[] = [
    (index) => ({ type: 'next', at: index }), (index) => ({ type: 'answer', at: index, answer: 'a1' }), (index) => ({ type: 'jump', at: index, step: `s${(index * 37) % steps}` }),
    (index) => ({ type: 'back', at: index }), (index) => ({ type: 'setField', at: index, field: 'item', value: `v${index}` }), (index) => ({ type: 'skip', at: index, answer: 'a0' }), (index) => ({ type: 'undo', at: index }),
  ];
  let state = from;
  for (let index = first; index < end; index++) {
    const event = (kinds[(index * 7 + (index >> 3)) % kinds.length] as (typeof kinds)[number])(index);
    const begun = performance.now();
    const result = apply(state, event, library);
    const took = performance.now() - begun;
    if (isRefused(result)) {
      state = replay([{ type: 'start', at: 0, script: 'long' }], library);
      continue;
    }
    watch?.(event.type, took);
    state = result;
  }
  return state;
}
