import { describe, expect, it } from 'vitest';
import { breakClock } from '#shared/domain/wellbeing/view.ts';
import { owedOf } from '#shared/domain/wellbeing/state.ts';
import { desk, HOUR, MINUTE, SECOND } from './desk.ts';

describe('an ordinary hour', () => {
  it('shows a minute after 25 minutes of work, and a rest after an hour, each after a quiet moment', () => {
    const day = desk();
    day.run(26 * MINUTE, { input: 3 * SECOND });
    expect(day.cards()).toEqual([]);
    day.run(10 * SECOND);
    expect(day.cards()).toEqual(['26:micro']);
    day.send({ type: 'take', kind: 'micro' });
    day.run(60 * SECOND);
    expect(day.state().running).toBeNull();
    day.run(10 * MINUTE, { input: 20 * SECOND });
    expect(day.cards()).toHaveLength(1);
    day.run(HOUR, { input: 20 * SECOND });
    expect(day.cards()[1]).toMatch(/^\d+:micro|^\d+:rest/);
  });

  it('says nothing in a call and waits for the end of wrap-up and five quiet seconds', () => {
    const day = desk();
    day.run(20 * MINUTE, { input: 20 * SECOND });
    day.send({ type: 'call', phase: 'ringing' });
    day.run(10 * SECOND);
    day.send({ type: 'call', phase: 'talking' });
    day.run(30 * MINUTE);
    day.send({ type: 'call', phase: 'wrap-up' });
    day.run(40 * SECOND, { input: 2 * SECOND });
    expect(day.cards()).toEqual([]);
    expect(day.seen.filter(({ effect, phase }) => phase !== 'none' && phase !== 'wrap-up' && effect.type !== 'hideCard')).toEqual([]);
    day.send({ type: 'call', phase: 'none' }, { type: 'input' });
    day.run(4 * SECOND);
    expect(day.cards()).toEqual([]);
    day.run(2 * SECOND);
    expect(day.cards()).toEqual(['50:micro']);
  });

  it('takes the card away when the phone rings and brings it back afterwards, once', () => {
    const day = desk();
    day.run(25 * MINUTE + 6 * SECOND, { input: 6 * SECOND });
    day.run(8 * SECOND);
    expect(day.cards()).toHaveLength(1);
    day.send({ type: 'call', phase: 'ringing' });
    expect(day.state().card).toBeNull();
    day.send({ type: 'call', phase: 'talking' });
    day.run(3 * HOUR);
    day.send({ type: 'call', phase: 'none' });
    day.run(30 * SECOND);
    expect(day.cards()).toHaveLength(2);
    expect(day.cards()[1]).toContain('rest');
    expect(breakClock(day.state()).owed.rest).toBe(3);
    day.send({ type: 'take', kind: 'rest' });
    day.run(5 * MINUTE + SECOND);
    day.run(3 * MINUTE, { input: 6 * SECOND });
    expect(day.cards()).toHaveLength(2);
    expect(owedOf(day.state().ledger, 'rest')).toBe(2);
  });
});
