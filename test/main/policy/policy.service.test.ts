import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPolicyService, policyFile, type PolicyService } from '#main/features/policy/index.ts';
import { createSettingsService } from '#main/features/settings/index.ts';
import { MASK_PRESETS } from '#shared/domain/calls/masking.ts';
import { withPolicy } from '#shared/domain/policy.ts';

let dir: string;
let file: string;
const warned: string[] = [];
const open = (): PolicyService => createPolicyService({ file, lastGood: join(dir, 'policy.last-good.json'), warn: (_message, { kind, reason }) => warned.push(`${kind} ${reason}`) });
const write = (policy: unknown): void => writeFileSync(file, typeof policy === 'string' ? policy : JSON.stringify(policy));

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'callside-policy-'));
  file = join(dir, 'policy.json');
  warned.length = 0;
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the policy of a desk', () => {
  it('is none without a file', () => {
    expect(open().view()).toMatchObject({ state: 'none', locked: [] });
    expect(warned).toEqual([]);
  });

  it('is taken over while the desk runs, and ends with its file', () => {
    const policy = open();
    write({ callsidePolicy: 1, privacy: { retentionDays: 30 } });
    expect(policy.refresh()).toBe(true);
    expect(policy.view()).toMatchObject({ state: 'in-force', locked: ['retentionDays'] });
    expect(policy.refresh()).toBe(false);
    rmSync(file);
    expect(policy.refresh()).toBe(true);
    expect(policy.get().privacy).toBeUndefined();
    // And a later broken file must not bring back what was withdrawn.
    write('{');
    expect(open().view().state).toBe('refused');
  });

  it('stays the last good one when the file breaks, also over a restart: masking must not go off by a typing mistake', () => {
    write({ callsidePolicy: 1, privacy: { maskPatterns: [{ name: 'Customer', pattern: 'KD-[0-9]{8}' }] } });
    const policy = open();
    write({ callsidePolicy: 1, privacy: { maskPatterns: [] }, breaks: { minimumPresett: 'uk' } });
    expect(policy.refresh()).toBe(true);
    for (const one of [policy, open()]) {
      expect(one.view()).toMatchObject({ state: 'last-good', maskNames: ['Customer'], problem: { kind: 'unknown-key', where: 'breaks.minimumPresett' } });
    }
    expect(warned).toEqual(['unknown-key breaks.minimumPresett', 'unknown-key breaks.minimumPresett']);
  });

  it('lets the desk open whatever lies in its place', () => {
    for (const text of ['', '{', '[]', 'null', '\0\0', `"${'x'.repeat(300_000)}"`]) {
      write(text);
      expect(open().view().state, text.slice(0, 8)).toBe('refused');
    }
    rmSync(file);
    symlinkSync(file, file);
    expect(open().view()).toMatchObject({ state: 'refused', problem: { kind: 'unreadable', where: 'ELOOP' } });
  });

  it('refuses a pattern that would hang a note, and knows ours as fast', () => {
    write({ callsidePolicy: 1, privacy: { maskPatterns: [{ name: 'bad', pattern: '(\\w+\\s?)+$' }] } });
    expect(open().view()).toMatchObject({ state: 'refused', problem: { kind: 'slow-pattern', where: 'bad' } });
    write({ callsidePolicy: 1, privacy: { maskPresets: Object.keys(MASK_PRESETS) } });
    expect(open().view().state).toBe('in-force');
  });
});

describe('where it lies', () => {
  it('is a place only administrators write to', () => {
    expect(policyFile({ platform: 'linux', env: {}, packaged: true })).toBe('/etc/callside/policy.json');
    expect(policyFile({ platform: 'darwin', env: {}, packaged: true })).toBe('/Library/Application Support/Callside/policy.json');
    expect(policyFile({ platform: 'win32', env: { ProgramData: 'D:\\Data' }, packaged: true })).toMatch(/^D:\\Data.Callside.policy\.json$/);
  });

  it('cannot be moved by an agent of an installed desk', () => {
    const env = { CALLSIDE_POLICY: '/tmp/other.json' };
    expect(policyFile({ platform: 'linux', env, packaged: true })).toBe('/etc/callside/policy.json');
    expect(policyFile({ platform: 'linux', env, packaged: false })).toBe('/tmp/other.json');
  });
});

it('settings show what the organisation set and keep the agent’s own in the file', () => {
  write({ callsidePolicy: 1, privacy: { retentionDays: 30 } });
  const policy = open();
  const seen: number[] = [];
  const settings = createSettingsService(join(dir, 'settings.json'), (next) => seen.push(next.retentionDays), () => undefined, (own) => withPolicy(own, policy.get()));
  expect(settings.get().retentionDays).toBe(30);
  expect(settings.update({ retentionDays: 365, wording: 'cue' })).toMatchObject({ retentionDays: 30, wording: 'cue' });
  expect(JSON.parse(readFileSync(join(dir, 'settings.json'), 'utf8'))).toMatchObject({ retentionDays: 365 });
  rmSync(file);
  policy.refresh();
  settings.overlayChanged();
  expect(settings.get().retentionDays).toBe(365);
  expect(seen).toEqual([30, 365]);
});
