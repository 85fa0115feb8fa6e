import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockedBy, maskPatternsOf, NO_POLICY, policySchema, readPolicy, viewPolicy, withPolicy, type Policy } from '#shared/domain/policy.ts';
import { settingsSchema } from '#shared/domain/settings.ts';

const example = /```json\n([\s\S]*?)\n```/.exec(readFileSync(resolve(import.meta.dirname, '../../../docs/policy.md'), 'utf8'))?.[1] ?? '';
const settings = settingsSchema.parse({});
const problemOf = (data: unknown): unknown => {
  const read = readPolicy(typeof data === 'string' ? data : JSON.stringify(data));
  return read.ok ? 'accepted' : read.problem;
};

describe('the example IT copies from the manual', () => {
  const read = readPolicy(example);

  it('is a policy, whole', () => {
    expect(read.ok ? Object.keys(read.policy) : read.problem).toEqual(Object.keys(policySchema.shape));
  });

  it('says the patterns it seems to say', () => {
    const patterns = read.ok ? maskPatternsOf(read.policy) : [];
    expect(patterns.map(({ pattern }) => new RegExp(pattern, 'iu').test('KD-12345678'))).toEqual([true, false, false]);
  });
});

describe('a mistake in the file', () => {
  it('names an unknown key by its path, so that a misspelt rule is found', () => {
    expect(problemOf({ callsidePolicy: 1, breaks: { minimumPresett: 'uk' } })).toEqual({ kind: 'unknown-key', where: 'breaks.minimumPresett' });
    expect(problemOf({ callsidePolicy: 1, brakes: {} })).toEqual({ kind: 'unknown-key', where: 'brakes' });
    expect(problemOf({ callsidePolicy: 1, knowledge: { channels: [{ type: 'nats', servers: ['tls://a:1'], pasword: 'x' }] } })).toEqual({ kind: 'unknown-key', where: 'knowledge.channels.0.pasword' });
    expect(problemOf({ callsidePolicy: 1, knowledge: { trustRoot: { sha265: 'ff' } } })).toMatchObject({ where: expect.stringContaining('knowledge.trustRoot.') as string });
  });

  it('names what is missing and what has a wrong value', () => {
    expect(problemOf({})).toEqual({ kind: 'missing', where: 'callsidePolicy' });
    expect(problemOf({ callsidePolicy: 2 })).toEqual({ kind: 'wrong-value', where: 'callsidePolicy' });
    expect(problemOf({ callsidePolicy: 1, privacy: { retentionDays: 0 } })).toEqual({ kind: 'wrong-value', where: 'privacy.retentionDays' });
    expect(problemOf({ callsidePolicy: 1, privacy: { maskPatterns: [{ name: 'x', pattern: '(' }] } })).toEqual({ kind: 'wrong-value', where: 'privacy.maskPatterns.0.pattern' });
    expect(problemOf({ callsidePolicy: 1, knowledge: { trustRoot: { sha256: 'zz' } } })).toEqual({ kind: 'wrong-value', where: 'knowledge.trustRoot.sha256' });
    expect(problemOf({ callsidePolicy: 1, notReady: { command: { program: 'agent-state --pause' } } })).toEqual({ kind: 'wrong-value', where: 'notReady.command.program' });
  });

  it('names the line of broken JSON', () => {
    expect(problemOf('{\n  "callsidePolicy": 1,\n  "breaks": { "minimumPreset" "uk" }\n}')).toEqual({ kind: 'not-json', where: '3' });
  });

  it('takes a file that Windows saved with a byte order mark', () => {
    expect(problemOf('\uFEFF{"callsidePolicy":1}')).toBe('accepted');
  });
});

describe('settings under a policy', () => {
  const policy: Policy = policySchema.parse({
    callsidePolicy: 1,
    breaks: { minimumPreset: 'br', maxPostpones: 1 },
    privacy: { retentionDays: 30, country: 'BR' },
    desk: { queues: ['pedidos'] },
    recovery: { wording: { en: 'Take your time.', de: 'Nehmen Sie sich Zeit.' }, contacts: [{ name: 'Ana' }], emergency: [{ name: 'Emergency', number: '192' }] },
  });

  it('are the organisation’s where it set them, and the agent’s elsewhere', () => {
    const own = settingsSchema.parse({ language: 'de', desk: { teams: ['Retail'], queues: ['x'] }, retentionDays: 365, wording: 'cue', breaks: { postpones: 3, sound: true, support: { words: 'mine', people: [], emergency: '' } } });
    const now = withPolicy(own, policy);
    expect(now).toMatchObject({ retentionDays: 30, country: 'BR', desk: { teams: ['Retail'], queues: ['pedidos'] }, wording: 'cue', breaks: { minimum: 'br', postpones: 1, sound: true } });
    expect(now.breaks.support).toEqual({ words: 'Nehmen Sie sich Zeit.', people: [{ name: 'Ana', how: '' }], emergency: 'Emergency: 192' });
    expect(settingsSchema.parse(now)).toEqual(now);
    expect(own.retentionDays).toBe(365);
  });

  it('never let an agent postpone more because the cap is high', () => {
    expect(withPolicy(settingsSchema.parse({ breaks: { postpones: 0 } }), policy).breaks.postpones).toBe(0);
  });

  it('are untouched, and nothing is locked, without a policy', () => {
    expect(withPolicy(settings, NO_POLICY)).toEqual(settings);
    expect(lockedBy(NO_POLICY)).toEqual([]);
    expect(lockedBy(policy)).toEqual(['retentionDays', 'country', 'breaks.minimum', 'breaks.support', 'desk.queues']);
  });
});

it('what pages see has no program and no path of a secret', () => {
  const read = readPolicy(example);
  const shown = JSON.stringify(viewPolicy('in-force', '/etc/callside/policy.json', read.ok ? read.policy : NO_POLICY));
  expect(shown).not.toMatch(/agent-state|\.creds|PAUSE_1/);
  expect(shown).toContain('Share');
});
