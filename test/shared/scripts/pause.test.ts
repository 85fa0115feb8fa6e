import { describe, expect, it } from 'vitest';
import { apply, replay } from '#shared/domain/scripts/engine.ts';
import { createScriptLibrary } from '#shared/domain/scripts/library.ts';
import { summarisePath, trailOf } from '#shared/domain/scripts/path.ts';
import { handOver, parsePaused, pausedScriptSchema, pauseScript, resumeEvent, withoutSensitive } from '#shared/domain/scripts/pause.ts';
import type { Script } from '#shared/domain/scripts/schema.ts';
import { currentVisit, emptyScriptState, isRefused } from '#shared/domain/scripts/state.ts';
import { viewOf } from '#shared/domain/scripts/view.ts';
import { script, walker } from './fixtures.ts';

const sub = script('who', [{ id: 'name', capture: [{ field: 'pin' }], mustSay: 'Identity', next: 'thanks' }, { id: 'thanks' }], { kind: 'sub-script', fields: [{ id: 'pin', label: 'PIN hint', type: 'text', sensitive: true }] });
const main = script('main', [
  { id: 'open', subScript: 'who', next: 'ask' },
  { id: 'ask', cue: { en: 'Ask the date', de: 'Nach dem Tag fragen' }, answers: [{ id: 'yes', label: 'Has a date', to: 'when' }, { id: 'no', label: 'No date', to: 'end' }] },
  { id: 'when', capture: [{ field: 'day' }], mustSay: 'Date rule', next: 'end' }, { id: 'end' },
], { fields: [{ id: 'day', label: 'Day', type: 'date' }], title: 'Delivery' });

function midCall(): ReturnType<typeof walker> {
  const walk = walker([main, sub]);
  walk.act({ type: 'start', script: 'main', call: { name: 'Ms Ito', number: '+44123', queue: 'shop' } }, { type: 'setField', field: 'pin', value: 'dog' }, { type: 'next' }, { type: 'next' },
    { type: 'answer', answer: 'yes' }, { type: 'setField', field: 'day', value: '2026-05-29' }, { type: 'noteFact', id: 'n1', text: 'works nights' }, { type: 'pause', reason: 'follow-up' });
  return walk;
}

function resumeOn(scripts: Script[], walk: ReturnType<typeof walker>): ReturnType<typeof replay> {
  const paused = pauseScript(walk.state(), walk.library, 5);
  if (paused === undefined) throw new Error('nothing to pause');
  const stored = pausedScriptSchema.parse(JSON.parse(JSON.stringify(paused)));
  const result = apply(emptyScriptState(), resumeEvent(stored, 9), createScriptLibrary(scripts));
  if (isRefused(result)) throw new Error(result.reason.key);
  return result;
}

describe('sensitive values of a paused script', () => {
  it('are named, and can be taken out without losing anything else', () => {
    const walk = midCall();
    const paused = pauseScript(walk.state(), walk.library, 5);
    if (paused === undefined) throw new Error('nothing to pause');
    expect(paused.sensitive).toEqual(['pin']);
    const bare = withoutSensitive(paused);
    expect(pausedScriptSchema.parse(bare)).toEqual(bare);
    expect(JSON.stringify(bare)).not.toContain('dog');
    expect(bare.sensitive).toBeUndefined();
    expect(bare.checkpoint).toEqual({ ...paused.checkpoint, fields: { day: '2026-05-29' } });
    expect(withoutSensitive(bare)).toEqual(bare);
  });
});

describe('pausing a script', () => {
  it('keeps place, fields, facts and said lines through a file and into the next call', () => {
    const walk = midCall();
    const back = resumeOn([main, sub], walk);
    expect(back.core).toEqual(walk.state().core);
    expect(back.paused).toBeNull();
    expect(back.call['name']).toBe('Ms Ito');
    expect(replay([resumeEvent(pauseScript(walk.state(), walk.library, 5) as never, 9)], walk.library)).toEqual(back);
  });

  it('refuses walking while paused but still takes notes, and goes on after resume', () => {
    const walk = midCall();
    expect(walk.refused({ type: 'next' })).toBe('script.refused.paused');
    walk.act({ type: 'setField', field: 'day', value: null }, { type: 'resume' }, { type: 'next' });
    expect(walk.at()).toBe('main/end');
  });

  it('comes back at the last step still there when the script changed meanwhile', () => {
    const walk = midCall();
    const without = { ...main, steps: main.steps.filter((step) => step.id !== 'when') };
    const back = resumeOn([without, sub], walk);
    expect(currentVisit(back.core as never).step).toBe('ask');
    expect(currentVisit(back.core as never).left).toBeUndefined();
    expect(back.core?.fields['day']).toBe('2026-05-29');
    const moved = resumeOn([script('main', [{ id: 'fresh' }])], walk);
    expect(currentVisit(moved.core as never).step).toBe('fresh');
    expect(moved.core?.facts).toHaveLength(1);
  });

  it('hands over without sensitive values and caller unless the agent says so', () => {
    const walk = midCall();
    const file = JSON.stringify(handOver(walk.state(), walk.library, 5, { sensitive: false, caller: false }));
    expect(file).not.toMatch(/dog|Ito|\+44123/);
    expect(file).toContain('2026-05-29');
    expect(JSON.stringify(handOver(walk.state(), walk.library, 5, { sensitive: true, caller: true }))).toMatch(/dog.*|Ito/);
    expect(parsePaused(file).ok).toBe(true);
  });

  it('reads files as hostile', () => {
    expect(parsePaused('{')).toEqual({ ok: false, problem: 'not-json' });
    expect(parsePaused('[]')).toEqual({ ok: false, problem: 'not-a-paused-script' });
    expect(parsePaused(JSON.stringify({ format: 'callside.paused-script', version: 2 }))).toEqual({ ok: false, problem: 'too-new' });
    expect(parsePaused(JSON.stringify({ format: 'callside.paused-script', version: 1, script: 'x' }))).toEqual({ ok: false, problem: 'not-a-paused-script' });
  });
});

describe('what was walked', () => {
  it('is told in walking order, sensitive values only named', () => {
    const walk = midCall();
    const summary = summarisePath(walk.state(), walk.library, 'de');
    expect(summary).toMatchObject({
      scripts: [{ id: 'main', title: 'Delivery', finished: false }], answers: [{ cue: 'Nach dem Tag fragen', answer: 'Has a date' }],
      facts: ['works nights'], said: ['Identity'], owed: [], missed: [],
    });
    expect(summary.fields).toEqual([{ id: 'pin', label: 'PIN hint', value: null, sensitive: true }, { id: 'day', label: 'Day', value: 'Freitag, 29. Mai', sensitive: false }]);
    expect(trailOf(walk.state(), walk.library, 'en').map((item) => [item.step, item.depth, item.spent])).toEqual([['name', 1, 2000], ['thanks', 1, 1000], ['ask', 0, 1000], ['when', 0, undefined]]);
  });

  it('gives the outline states and progress a pane can draw', () => {
    const walk = midCall();
    walk.act({ type: 'resume' });
    const view = viewOf(walk.state(), walk.library, { language: 'en', wording: 'full', slots: {} });
    expect(view?.outline.map((item) => [item.step, item.state, item.level])).toEqual([['open', 'beside', 0], ['ask', 'done', 0], ['when', 'current', 1], ['end', 'ahead', 1]]);
    expect(view?.progress).toEqual({ done: 3, left: 2, fraction: 0.6 });
    expect(view?.fields[0]).toMatchObject({ id: 'day', value: '2026-05-29', error: undefined });
  });
});
