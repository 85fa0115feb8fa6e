import { describe, expect, it } from 'vitest';
import { replay } from '#shared/domain/scripts/engine.ts';
import { viewOf } from '#shared/domain/scripts/view.ts';
import { script, walker } from './fixtures.ts';

const order = script('order', [
  { id: 'greet', say: 'Thank you for calling {{company}}, {{call.name}}.', next: 'ask-number' },
  { id: 'ask-number', capture: [{ field: 'orderNumber', required: true }], next: 'identify' },
  { id: 'identify', subScript: 'identify', next: 'recording' },
  { id: 'recording', mustSay: 'Recording notice', line: 'verbatim', say: 'This call is recorded.', next: 'late' },
  { id: 'late', answers: [{ id: 'yes', label: 'It is late', to: 'sorry', set: { late: true } }, { id: 'no', label: 'Not late', to: 'router' }, { id: 'vip', label: 'VIP', to: 'sorry', when: { '==': [{ var: 'call.queue' }, 'vip'] } }] },
  { id: 'sorry', say: 'I am sorry.', next: 'router' },
  { id: 'router', branches: [{ when: { '==': [{ var: 'fields.late' }, true] }, to: 'refund' }], next: 'close' },
  { id: 'refund', mustSay: 'Refund terms', next: 'close' },
  { id: 'close', say: 'Goodbye.' },
], { fields: [{ id: 'orderNumber', label: 'Order number', type: 'text', pattern: '[0-9]{4}', patternHelp: 'four digits' }, { id: 'late', label: 'Late', type: 'yes-no' }] });

const identify = script('identify', [
  { id: 'name', mustSay: 'Identity check', next: 'known' },
  { id: 'known', answers: [{ id: 'ok', label: 'OK', to: 'end' }] },
  { id: 'end' },
], { kind: 'sub-script' });

describe('walking a script', () => {
  it('follows answers, junctions and sub-scripts to the end', () => {
    const walk = walker([order, identify]);
    walk.act({ type: 'start', script: 'order' }, { type: 'next' });
    expect(walk.refused({ type: 'next' })).toBe('script.refused.requiredMissing');
    walk.act({ type: 'setField', field: 'orderNumber', value: '1234' }, { type: 'next' });
    expect(walk.at()).toBe('identify/name');
    walk.act({ type: 'next' }, { type: 'answer', answer: 'ok' }, { type: 'next' });
    expect(walk.at()).toBe('order/recording');
    walk.act({ type: 'next' }, { type: 'answer', answer: 'yes' }, { type: 'next' });
    expect(walk.at()).toBe('order/refund');
    walk.act({ type: 'next' }, { type: 'next' });
    const core = walk.state().core;
    expect(core?.finished).toBe(true);
    expect(core?.said.map((entry) => entry.item)).toEqual(['identify/name', 'order/recording', 'order/refund']);
    expect(core?.owed).toEqual([]);
    expect(core?.fields).toEqual({ orderNumber: '1234', late: true });
  });

  it('lets the agent carry on without a required field and remembers that', () => {
    const walk = walker([order, identify]);
    walk.act({ type: 'start', script: 'order' }, { type: 'next' }, { type: 'next', force: true });
    expect(walk.state().core?.missed).toEqual(['orderNumber']);
    walk.act({ type: 'setField', field: 'orderNumber', value: '1234' });
    expect(walk.state().core?.missed).toEqual([]);
  });

  it('keeps must-say lines passed over by a jump as owed, those in sub-scripts too, and lifts them on back', () => {
    const walk = walker([order, identify]);
    walk.act({ type: 'start', script: 'order' }, { type: 'jump', step: 'late' });
    expect(walk.state().core?.owed).toEqual(['identify/name', 'order/recording']);
    walk.act({ type: 'back' });
    expect(walk.at()).toBe('order/greet');
    expect(walk.state().core?.owed).toEqual([]);
  });

  it('owes nothing that only some answers lead to', () => {
    const walk = walker([order, identify]);
    walk.act({ type: 'start', script: 'order' }, { type: 'jump', step: 'close' });
    expect(walk.state().core?.owed).toEqual(['identify/name', 'order/recording']);
  });

  it('skips what the caller did already without losing its must-say line', () => {
    const walk = walker([order, identify]);
    walk.act({ type: 'start', script: 'order' }, { type: 'skip', step: 'recording' }, { type: 'jump', step: 'identify' });
    expect(walk.at()).toBe('identify/name');
    walk.act({ type: 'next' }, { type: 'answer', answer: 'ok' }, { type: 'next' });
    expect(walk.at()).toBe('order/late');
    expect(walk.state().core?.owed).toEqual(['order/recording']);
    walk.act({ type: 'markSaid', step: 'recording' });
    expect(walk.state().core?.owed).toEqual([]);
    walk.act({ type: 'unsay', step: 'recording' });
    expect(walk.state().core?.owed).toEqual(['order/recording']);
  });

  it('switches the script and keeps every field, goes into a sub-script by hand and comes back to the same step', () => {
    const walk = walker([order, identify, script('other', [{ id: 'only' }])]);
    walk.act({ type: 'start', script: 'order' }, { type: 'setField', field: 'orderNumber', value: '9999' }, { type: 'switchScript', script: 'other' });
    expect(walk.at()).toBe('other/only');
    expect(walk.state().core?.fields['orderNumber']).toBe('9999');
    walk.act({ type: 'enter', script: 'identify' });
    expect(walk.at()).toBe('identify/name');
    walk.act({ type: 'return' });
    expect(walk.at()).toBe('other/only');
    expect(walk.state().core?.owed).toEqual(['identify/name']);
  });

  it('goes back into a script that was left, with its callers, and from there on as the first time', () => {
    const walk = walker([order, identify, script('other', [{ id: 'only' }])]);
    walk.act({ type: 'start', script: 'order' }, { type: 'next' }, { type: 'next', force: true }, { type: 'next' }, { type: 'answer', answer: 'ok' }, { type: 'next' });
    expect(walk.at()).toBe('order/recording');
    walk.act({ type: 'jump', script: 'identify', step: 'known' });
    expect(walk.at()).toBe('identify/known');
    expect(walk.state().core?.owed).toEqual(['order/recording']);
    walk.act({ type: 'answer', answer: 'ok' }, { type: 'next' });
    expect(walk.at()).toBe('order/recording');
    walk.act({ type: 'switchScript', script: 'other' }, { type: 'jump', script: 'order', step: 'recording' });
    expect(walk.at()).toBe('order/recording');
    expect(walk.refused({ type: 'jump', script: 'identify', step: 'nowhere' })).toBe('script.refused.notOpen');
    expect(walk.refused({ type: 'jump', script: 'order', step: 'nowhere' })).toBe('script.refused.unknownStep');
  });

  it('notes what the script did not ask and carries on in place', () => {
    const walk = walker([order, identify]);
    walk.act({ type: 'start', script: 'order' }, { type: 'next' }, { type: 'noteFact', id: 'f1', text: 'moved house last week' });
    expect(walk.at()).toBe('order/ask-number');
    expect(walk.state().core?.facts[0]).toMatchObject({ text: 'moved house last week', step: 'ask-number' });
  });

  it('offers only answers whose condition holds, and refuses the others', () => {
    const walk = walker([order, identify]);
    walk.act({ type: 'start', script: 'order' }, { type: 'jump', step: 'late' });
    expect(walk.refused({ type: 'answer', answer: 'vip' })).toBe('script.refused.answerNotOffered');
    walk.act({ type: 'call', facts: { queue: 'vip' } }, { type: 'answer', answer: 'vip' });
    expect(walk.at()).toBe('order/sorry');
  });

  it('undoes and redoes exactly', () => {
    const walk = walker([order, identify]);
    walk.act({ type: 'start', script: 'order' }, { type: 'jump', step: 'late' }, { type: 'answer', answer: 'yes' });
    const after = walk.state().core;
    walk.act({ type: 'undo' });
    expect(walk.at()).toBe('order/late');
    expect(walk.state().core?.fields).toEqual({});
    walk.act({ type: 'redo' });
    expect(walk.state().core).toEqual(after);
    expect(replay(walk.events, walk.library)).toEqual(walk.state());
  });

  it('is not stopped by scripts that open each other, however often', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const circle = names.map((name) => script(name, [
      ...names.map((other, index) => ({ id: `s${index}`, mustSay: `${name}${index}`, subScript: other, next: `s${index + 1}` })), { id: 's6' },
    ]));
    // Six doors in each of six scripts: walked without end, or through every order of them, this would not come back.
    const walk = walker(circle);
    walk.act({ type: 'start', script: 'a' }, { type: 'jump', step: 's6' }, { type: 'back' });
    expect(viewOf(walk.state(), walk.library, { language: 'en', wording: 'cue', slots: {} })).not.toBeNull();
  });

  it('draws a view without empty or wrong words', () => {
    const walk = walker([order, identify]);
    walk.act({ type: 'start', script: 'order' });
    const options = { language: 'en', wording: 'full', slots: { company: 'Lumen' } } as const;
    expect(viewOf(walk.state(), walk.library, options)?.say?.text).toBe('Thank you for calling Lumen.');
    walk.act({ type: 'call', facts: { name: 'Ms Ito' } });
    expect(viewOf(walk.state(), walk.library, options)?.say?.text).toBe('Thank you for calling Lumen, Ms Ito.');
    walk.act({ type: 'jump', step: 'late' });
    const view = viewOf(walk.state(), walk.library, { ...options, wording: 'cue' });
    expect(view?.answers).toEqual([{ id: 'yes', key: '1', label: 'It is late' }, { id: 'no', key: '2', label: 'Not late' }]);
    expect(view?.mustSay.map((item) => [item.label, item.state])).toEqual([['Identity check', 'owed'], ['Recording notice', 'owed']]);
    expect(view?.canNext).toBe(false);
    expect(view?.canBack).toBe(true);
  });
});
