import { describe, expect, it } from 'vitest';
import { breathAt, breathPhases, ideaPage, rankIdeas } from '#renderer/features/wellbeing/ideas.ts';
import { readRanges, writeRanges } from '#renderer/screens/settings/hours-text.ts';
import { localDay, spanOf } from '#renderer/screens/my-day/use-history.ts';
import { trendsOf } from '#renderer/screens/my-day/trends.ts';
import type { BreakIdea } from '#shared/domain/desk-lists.ts';
import { emptyLedger } from '#shared/domain/wellbeing/state.ts';

const idea = (id: string, kind: BreakIdea['kind'], seconds = 60, more: Partial<BreakIdea> = {}): BreakIdea => ({ id, kind, title: id, text: id, seconds, ...more });
const IDEAS = [idea('relax', 'relaxing'), idea('hello', 'social'), idea('eyes', 'eyes'), idea('walk', 'walking', 600), idea('box', 'breathing', 60, { pattern: [4, 4, 4, 4] }), idea('rest-hands', 'relaxing')];
const NOW = 1_800_000_000_000;

describe('ideas for a break', () => {
  it('fit into it, relaxing and social first', () => {
    const ranked = rankIdeas(IDEAS, [], { kind: 'rest', lengthMs: 300_000, now: NOW });
    expect(ranked.map(({ id }) => id)).not.toContain('walk');
    expect(ranked.slice(0, 3).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['relaxing', 'social']));
  });

  it('rise when this agent finishes them and sink when left unfinished', () => {
    const yesterday = NOW - 86_400_000;
    const ranked = rankIdeas(IDEAS, [{ idea: 'eyes', at: yesterday, started: 9, finished: 9 }, { idea: 'relax', at: yesterday, started: 9, finished: 0 }], { kind: 'micro', lengthMs: 60_000, now: NOW });
    const place = (id: string): number => ranked.findIndex((one) => one.id === id);
    expect(place('eyes')).toBeLessThan(place('relax'));
  });

  it('rotate: what was just done is not first again', () => {
    const question = { kind: 'rest', lengthMs: 60_000, now: NOW } as const;
    const first = rankIdeas(IDEAS, [], question)[0]?.id ?? '';
    expect(rankIdeas(IDEAS, [{ idea: first, at: NOW - 60_000, started: 1, finished: 1 }], question)[0]?.id).not.toBe(first);
  });

  it('come three at a time, of different kinds, and every one has its turn', () => {
    const pages = [ideaPage(IDEAS, 0), ideaPage(IDEAS, 1)];
    expect(new Set(pages[0]?.map(({ kind }) => kind)).size).toBe(3);
    expect(pages.flat().map(({ id }) => id).toSorted()).toEqual(IDEAS.map(({ id }) => id).toSorted());
    expect(ideaPage(IDEAS, 2)).toEqual(pages[0]);
  });
});

describe('breathing', () => {
  it('sighs with a second breath in and out for twice as long', () => {
    const phases = breathPhases(idea('breathe-sigh', 'breathing', 60, { pattern: [3, 0, 6, 0] }));
    expect(phases.map(({ name, seconds }) => [name, seconds])).toEqual([['in', 2], ['sip', 1], ['out', 6]]);
  });

  it('knows where in the cycle it is', () => {
    const phases = breathPhases(IDEAS[4] ?? idea('x', 'breathing'));
    expect(phases.map(({ name }) => name)).toEqual(['in', 'hold', 'out', 'hold']);
    expect(breathAt(phases, 0)).toEqual({ index: 0, leftSeconds: 4 });
    expect(breathAt(phases, 3_900)).toEqual({ index: 0, leftSeconds: 1 });
    expect(breathAt(phases, 8_000)).toEqual({ index: 2, leftSeconds: 4 });
    expect(breathAt(phases, 16_000)).toEqual({ index: 0, leftSeconds: 4 });
    expect(breathAt([], 5)).toEqual({ index: 0, leftSeconds: 0 });
  });
});

describe('working hours as typed', () => {
  it.each([
    ['9-12:30, 13-17:30', [{ from: 540, to: 750 }, { from: 780, to: 1_050 }]],
    ['22-6', [{ from: 1_320, to: 1_800 }]],
    ['', []],
    ['0-24', [{ from: 0, to: 1_440 }]],
  ])('reads %s', (text, ranges) => {
    expect(readRanges(text)).toEqual(ranges);
    expect(readRanges(writeRanges(ranges))).toEqual(ranges);
  });

  it.each(['nine', '9', '9-9', '25-26', '9-12:75', '9-12 and 13-17'])('refuses %s', (text) => expect(readRanges(text)).toBeUndefined());
});

describe('trends', () => {
  it('add several shifts of a day and leave unknown days unknown', () => {
    const noon = new Date(2026, 2, 30, 12).getTime();
    const span = spanOf(7, 0, noon);
    expect(span.days).toHaveLength(7);
    expect(span.days.at(-1)).toBe(localDay(noon));
    const ledger = (taken: number, granted: number) => ({ ...emptyLedger('2026-03-29'), startedAt: noon, talkMs: 60_000, rest: { ...emptyLedger('2026-03-29').rest, taken, granted } });
    const trends = trendsOf(span.days, { breaks: [], days: [ledger(1, 2), ledger(2, 2)], checkIns: [{ at: noon, value: 2, note: '' }, { at: noon, value: 5, note: '' }], hardCalls: [{ at: noon, kind: 'threat' }] });
    expect(trends.find(({ day }) => day === '2026-03-29')).toMatchObject({ taken: 3, open: 1, talkMs: 120_000, checkIn: null });
    expect(trends.at(-1)).toMatchObject({ day: '2026-03-30', taken: null, checkIn: 3.5, hard: { threat: 1 } });
  });

  it('span whole local days over a change of the clocks', () => {
    const noon = new Date(2026, 2, 30, 12).getTime();
    const span = spanOf(3, 0, noon);
    expect(new Date(span.from).getHours()).toBe(0);
    expect(new Date(span.to).getHours()).toBe(0);
    expect(new Set(span.days).size).toBe(3);
  });
});
