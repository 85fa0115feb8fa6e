import { describe, expect, it } from 'vitest';
import { isMeantFor, isValidAt, nextTurn } from '#shared/domain/audience.ts';

const desk = { teams: ['Returns'], queues: ['orders', ' VIP '] };

describe('who a record is meant for', () => {
  it('is everybody where it names nobody, and otherwise those it names, however they write it', () => {
    expect(isMeantFor({}, { teams: [], queues: [] })).toBe(true);
    expect(isMeantFor({ targets: { teams: [], queues: [] } }, desk)).toBe(true);
    expect(isMeantFor({ targets: { teams: ['returns '] } }, desk)).toBe(true);
    expect(isMeantFor({ targets: { queues: ['vip'] } }, desk)).toBe(true);
    expect(isMeantFor({ targets: { teams: ['Sales'] } }, desk)).toBe(false);
  });

  it('is nobody who names no team, and nobody of whom only one of both fits', () => {
    expect(isMeantFor({ targets: { teams: ['Returns'] } }, { teams: [], queues: ['orders'] })).toBe(false);
    expect(isMeantFor({ targets: { teams: ['Returns'], queues: ['billing'] } }, desk)).toBe(false);
    expect(isMeantFor({ targets: { teams: ['Returns'], queues: ['orders'] } }, desk)).toBe(true);
  });
});

describe('when a record holds', () => {
  it('is from its beginning until just before its end', () => {
    expect([9, 10, 19, 20].map((now) => isValidAt({ validFrom: 10, validUntil: 20 }, now))).toEqual([false, true, true, false]);
  });

  it('tells the next moment anything begins or ends, so that a screen need not be opened anew', () => {
    expect(nextTurn([{ validFrom: 10, validUntil: 30 }, { validUntil: 25 }, {}], 10)).toBe(25);
    expect(nextTurn([{ validUntil: 25 }], 25)).toBeUndefined();
  });
});
