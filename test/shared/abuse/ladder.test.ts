import { fc } from '#test/helpers/property.ts';
import { describe, expect, it } from 'vitest';
import { applyAbuse, incidentRecord, incidentRecordSchema, nextLadderStep, NO_ABUSE, recoveryFor, replayAbuse, warningsGiven, type AbuseEvent } from '#shared/domain/abuse/ladder.ts';
import { abusePolicySchema, DEFAULT_ABUSE_POLICY, type AbusePolicy } from '#shared/domain/abuse/policy.ts';

const at = 1_700_000_000_000;
const warned = (category: string): AbuseEvent => ({ type: 'warned', at, category });
const incident = (category: string, words?: string): AbuseEvent => ({ type: 'incident', at, category, ...(words === undefined ? {} : { words }) });
const kinds = (events: AbuseEvent[], category: string, policy: AbusePolicy = DEFAULT_ABUSE_POLICY): unknown => {
  const step = nextLadderStep(replayAbuse(events), policy, category);
  return step?.kind === 'warn' ? [step.kind, step.number, step.final, step.words.key] : [step?.kind, step?.words.key];
};

describe('abuse ladder', () => {
  it('has a default policy its own schema accepts', () => {
    expect(abusePolicySchema.parse(DEFAULT_ABUSE_POLICY)).toEqual(DEFAULT_ABUSE_POLICY);
  });

  it('asks, asks again, warns a last time and then allows the end for obscene language', () => {
    expect(kinds([], 'profanity')).toEqual(['warn', 1, false, 'abuse.warn.first']);
    expect(kinds([warned('profanity')], 'profanity')).toEqual(['warn', 2, false, 'abuse.warn.again']);
    expect(kinds([warned('profanity'), warned('profanity')], 'profanity')).toEqual(['warn', 3, true, 'abuse.warn.final']);
    expect(kinds([warned('profanity'), warned('profanity'), warned('profanity')], 'profanity')).toEqual(['end', 'abuse.end']);
  });

  it('gives an insult one warning, a threat none, and anger at the company only an ear', () => {
    expect(kinds([], 'insult')).toEqual(['warn', 1, true, 'abuse.warn.only']);
    expect(kinds([warned('insult')], 'insult')).toEqual(['end', 'abuse.end']);
    expect(kinds([], 'threat')).toEqual(['end', 'abuse.end.atOnce']);
    expect(kinds([warned('upset'), warned('upset')], 'upset')).toEqual(['listen', 'abuse.listen']);
    expect(nextLadderStep(NO_ABUSE, DEFAULT_ABUSE_POLICY, 'nothing')).toBeUndefined();
  });

  it('counts each category alone unless the policy sets a total', () => {
    const events = [warned('profanity'), warned('insult')];
    expect(kinds(events, 'discrimination')).toEqual(['warn', 1, true, 'abuse.warn.only']);
    expect(kinds(events, 'discrimination', { ...DEFAULT_ABUSE_POLICY, totalWarnings: 2 })).toEqual(['end', 'abuse.end']);
    expect(kinds([warned('profanity')], 'profanity', { ...DEFAULT_ABUSE_POLICY, totalWarnings: 2 })).toEqual(['warn', 2, true, 'abuse.warn.final']);
  });

  it('uses the organisation\'s words where it has them', () => {
    const policy: AbusePolicy = { categories: [{ id: 'rude', label: 'Rude', warnings: 3, warningWords: ['Please stop.', 'Stop now.'], endWords: 'Goodbye.', recovery: 'abusive' }] };
    const text = (given: number): unknown => nextLadderStep(replayAbuse(Array.from({ length: given }, () => warned('rude'))), policy, 'rude')?.words.text;
    expect([text(0), text(1), text(2), text(3)]).toEqual(['Please stop.', 'Stop now.', 'Stop now.', 'Goodbye.']);
  });

  it('writes an incident record with counts, and quotes words only if the agent says so', () => {
    const state = replayAbuse([incident('upset'), incident('insult', 'a word'), warned('insult'), { type: 'supervisorJoined', at }, incident('threat', 'worse'), { type: 'ended', at, category: 'threat' }]);
    const meta = { id: 'inc-1', call: 'c1', withWords: false };
    const record = incidentRecord(state, DEFAULT_ABUSE_POLICY, meta);
    expect(incidentRecordSchema.parse(record)).toMatchObject({ ended: true, report: true, supervisorJoined: true, categories: [{ category: 'insult', incidents: 1, warnings: 1 }, { category: 'threat', incidents: 1, warnings: 0 }] });
    expect(JSON.stringify(record)).not.toContain('word');
    expect(JSON.stringify(incidentRecord(state, DEFAULT_ABUSE_POLICY, { ...meta, withWords: true }))).toContain('worse');
    expect(recoveryFor(state, DEFAULT_ABUSE_POLICY)).toBe('threat');
    expect(incidentRecord(replayAbuse([incident('upset')]), DEFAULT_ABUSE_POLICY, meta)).toBeUndefined();
    expect(recoveryFor(replayAbuse([incident('upset')]), DEFAULT_ABUSE_POLICY)).toBeUndefined();
  });

  it('never allows the end before the configured warnings, and always after them', () => {
    const category = fc.constantFrom('a', 'b', 'c');
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 3, maxLength: 3 }), fc.option(fc.integer({ min: 1, max: 6 })), fc.array(fc.oneof(category.map(warned), category.map((name) => incident(name)), fc.constant<AbuseEvent>({ type: 'takeBack', at }))), category, (warnings, total, events, asked) => {
      const policy: AbusePolicy = { categories: ['a', 'b', 'c'].map((id, index) => ({ id, label: id, warnings: warnings[index] ?? 0, recovery: 'abusive' })), ...(total === null ? {} : { totalWarnings: total }) };
      const log: AbuseEvent[] = [];
      for (const event of events) { if (event.type === 'takeBack') log.pop(); else log.push(event); }
      const given = log.filter((event) => event.type === 'warned' && event.category === asked).length;
      const all = log.filter((event) => event.type === 'warned').length;
      const mayEnd = given >= (warnings[['a', 'b', 'c'].indexOf(asked)] ?? 0) || (total !== null && all >= total);
      const state = events.reduce(applyAbuse, NO_ABUSE);
      expect(warningsGiven(state)).toBe(all);
      expect(nextLadderStep(state, policy, asked)?.kind).toBe(mayEnd ? 'end' : 'warn');
    }), { numRuns: 1_000 });
  });
});
