import { expect, it } from 'vitest';
import { createScriptLibrary } from '#shared/domain/scripts/library.ts';
import { replay } from '#shared/domain/scripts/engine.ts';
import { viewOf } from '#shared/domain/scripts/view.ts';
import { effort } from '#test/helpers/effort.ts';
import { busyCall, longScript } from './long-script.ts';

// How many microseconds an operation takes is printed by bench:rules.
it('an operation on a 150-step script costs the same at the end of a long call as at its beginning', () => {
  const library = createScriptLibrary([longScript(150)]);
  let state = replay([{ type: 'start', at: 0, script: 'long' }], library);
  let at = 1;
  const operations = (count: number): number => effort(() => {
    state = busyCall(state, library, 150, at, (at += count));
  }, 1);
  operations(2_000);
  const early = operations(3_000);
  operations(6_000);
  // Were each operation to read the whole call again, the last ones would cost three times as much and more. 40: the grain of the clock.
  expect(operations(3_000)).toBeLessThan(early * 2 + 40);
});

it('what is shown of a step costs no more in a script four times as long than the script is longer', () => {
  const viewIn = (steps: number, times: number): number => {
    const library = createScriptLibrary([longScript(steps)]);
    const state = busyCall(replay([{ type: 'start', at: 0, script: 'long' }], library), library, steps, 1, 400);
    return effort(() => {
      for (let at = 0; at < times; at += 1) viewOf(state, library, { language: 'en', wording: 'full', slots: {} });
    });
  };
  // The same number of steps in all; were each step compared with all others, it would be eight times as much. 20: the grain of the clock.
  expect(viewIn(400, 100)).toBeLessThan(viewIn(50, 800) * 4 + 20);
});
