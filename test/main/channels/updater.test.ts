import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createUpdater, type ChannelEntry, type CheckOutcome, type InstallOutcome, type Updater } from '#main/features/channels/index.ts';
import { createFaultySource } from './faulty-source.ts';

const entry: ChannelEntry = { id: 'c', by: 'desk', kind: 'folder', path: '/x', name: 'x', order: 500, kb: 'shop' };
const verified = (release: number): CheckOutcome => ({ outcome: 'verified', release, title: 'Shop', expires: 9_000 });
const upToDate: CheckOutcome = { outcome: 'up-to-date', title: 'Shop', expires: 9_000 };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A desk whose channel, calls and installs a test steers. */
function setUp(first: ChannelEntry = entry) {
  const faulty = createFaultySource();
  const world = { found: upToDate as CheckOutcome, call: false, install: (): Promise<InstallOutcome> => Promise.resolve({ ok: true, release: 1, changed: 1, ms: 1 }) };
  const seen = { checks: 0, installs: 0, stopped: 0, installed: [] as string[], orders: [] as number[], reached: 0 };
  const updater = createUpdater({
    clock: { now: () => Date.now() },
    open: () => faulty.source,
    check: async () => {
      seen.checks += 1;
      return world.found;
    },
    install: async (_kb, order) => {
      seen.installs += 1;
      seen.orders.push(order);
      return world.install();
    },
    stopInstall: () => void (seen.stopped += 1),
    inCall: async () => world.call,
    setUpTrust: async (_source, _anchor, by) => ({ outcome: 'trusted', pin: { format: 1, kb: 'shop', title: 'Shop', fingerprint: 'F', pinnedAt: 1, by } }),
    policyAnchor: () => ({ sha256: 'a' }),
    trusted: () => undefined,
    changed: () => undefined,
    installed: (kb) => void seen.installed.push(kb),
    reached: () => void (seen.reached += 1),
    warn: () => undefined,
  });
  updaters.push(updater);
  const health = (): string | undefined => updater.state('c')?.health;
  return { faulty, world, seen, updater, health, follow: () => updater.follow([first]) };
}

const updaters: Updater[] = [];
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => {
  for (const one of updaters.splice(0)) one.close();
  vi.useRealTimers();
});
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn++) await new Promise((done) => setImmediate(done));
};

describe('a desk and its channel', () => {
  it('installs what was checked when no call is on', async () => {
    const { faulty, world, seen, follow, health } = setUp();
    faulty.place('metadata/timestamp.json', bytes('1'));
    world.found = verified(1);
    follow();
    await settle();
    expect(health()).toBe('up-to-date');
    expect(seen).toMatchObject({ checks: 1, installs: 1, installed: ['shop'] });
  });

  it('checks in a call, and installs only when call and wrap-up are over', async () => {
    const { faulty, world, seen, updater, follow, health } = setUp();
    faulty.place('metadata/timestamp.json', bytes('1'));
    world.found = verified(3);
    world.call = true;
    follow();
    await settle();
    expect(seen).toMatchObject({ checks: 1, installs: 0 });
    expect(updater.state('c')).toMatchObject({ health: 'waiting-for-call', waiting: 3 });
    updater.callsChanged();
    await settle();
    expect(seen.installs).toBe(0);
    world.call = false;
    updater.callsChanged();
    await settle();
    expect(seen.installs).toBe(1);
    expect(health()).toBe('up-to-date');
  });

  it('notices the end of a call even when nobody tells it', async () => {
    const { faulty, world, seen, follow } = setUp();
    faulty.place('metadata/timestamp.json', bytes('1'));
    world.found = verified(3);
    world.call = true;
    follow();
    await settle();
    world.call = false;
    await vi.advanceTimersByTimeAsync(5_100);
    await settle();
    expect(seen.installs).toBe(1);
  });

  it('ends an install under way when a call comes, and does it again afterwards', async () => {
    const { faulty, world, seen, updater, follow, health } = setUp();
    faulty.place('metadata/timestamp.json', bytes('1'));
    let end: (outcome: InstallOutcome) => void = () => undefined;
    world.found = verified(2);
    world.install = () => new Promise((resolve) => (end = resolve));
    follow();
    await settle();
    expect(health()).toBe('installing');
    world.call = true;
    updater.callsChanged();
    await settle();
    expect(seen.stopped).toBe(1);
    end({ ok: false, reason: 'not-now' });
    await settle();
    expect(health()).toBe('waiting-for-call');
    world.call = false;
    world.install = () => Promise.resolve({ ok: true, release: 2, changed: 1, ms: 1 });
    updater.callsChanged();
    await settle();
    expect(seen.installs).toBe(2);
    expect(health()).toBe('up-to-date');
  });

  // A later release, checked while an earlier one went in, was forgotten for an hour.
  it('installs what was checked while an earlier release went in', async () => {
    const { faulty, world, seen, updater, follow, health } = setUp();
    faulty.place('metadata/timestamp.json', bytes('1'));
    world.found = verified(2);
    const ends: ((outcome: InstallOutcome) => void)[] = [];
    world.install = () => new Promise((done) => ends.push(done));
    follow();
    await settle();
    expect(seen.installs).toBe(1);
    world.found = verified(4);
    await updater.checkNow();
    ends[0]?.({ ok: true, release: 2, changed: 1, ms: 1 });
    await settle();
    expect(seen.installs).toBe(2);
    ends[1]?.({ ok: true, release: 4, changed: 1, ms: 1 });
    await settle();
    expect(seen.installs).toBe(2);
    expect(health()).toBe('up-to-date');
  });

  it('looks whole only when the time stamp changed, or when a person asks', async () => {
    const { faulty, seen, updater, follow } = setUp();
    faulty.place('metadata/timestamp.json', bytes('1'));
    follow();
    await settle();
    for (const name of ['receipts/a.json', 'receipts/b.json', 'targets/x']) faulty.place(name, bytes('x'));
    await settle();
    expect(seen.checks).toBe(1);
    faulty.place('metadata/timestamp.json', bytes('2'));
    await settle();
    expect(seen.checks).toBe(2);
    await updater.checkNow();
    expect(seen.checks).toBe(3);
  });

  it('tries again by itself while a copy is not complete, and not when a release is wrong', async () => {
    const { faulty, world, seen, follow, health } = setUp();
    faulty.place('metadata/timestamp.json', bytes('1'));
    world.found = { outcome: 'refused', refusal: { reason: 'missing-file', file: 'pack-1' } };
    follow();
    await settle();
    expect(health()).toBe('refused');
    world.found = verified(1);
    await vi.advanceTimersByTimeAsync(4_100);
    await settle();
    expect(seen.installs).toBe(1);
    world.found = { outcome: 'refused', refusal: { reason: 'rollback', file: 'timestamp' } };
    faulty.place('metadata/timestamp.json', bytes('0'));
    await settle();
    const checks = seen.checks;
    await vi.advanceTimersByTimeAsync(600_000);
    await settle();
    expect(seen.checks).toBe(checks);
    expect(health()).toBe('refused');
  });

  it('says that a stick is out, and goes on when it is back', async () => {
    const { faulty, seen, follow, health } = setUp();
    faulty.place('metadata/timestamp.json', bytes('1'));
    follow();
    await settle();
    faulty.vanish();
    await settle();
    expect(health()).toBe('gone');
    faulty.comeBack();
    await settle();
    expect(health()).toBe('up-to-date');
    expect(seen.checks).toBe(2);
  });

  it('asks whom to trust; a channel of the policy is trusted as the policy says', async () => {
    const { kb: _kb, ...untrusted } = entry;
    const typed = setUp(untrusted);
    typed.follow();
    await settle();
    expect(typed.health()).toBe('empty');
    typed.faulty.place('metadata/1.root.json', bytes('{}'));
    await settle();
    expect(typed.health()).toBe('needs-trust');
    expect(typed.seen.checks).toBe(0);
    await typed.updater.trust('c', 'ABCD');
    await settle();
    expect(typed.health()).toBe('up-to-date');
    const byPolicy = setUp({ ...untrusted, by: 'policy' });
    byPolicy.faulty.place('metadata/1.root.json', bytes('{}'));
    byPolicy.follow();
    await settle();
    expect(byPolicy.health()).toBe('up-to-date');
  });

  // A supervisor's desk that began a base on its server never took a release from there, and said so to nobody.
  it('takes releases from a channel that was empty when this desk began a base on it', async () => {
    const { kb: _kb, ...untrusted } = entry;
    const { faulty, world, seen, updater, follow, health } = setUp(untrusted);
    follow();
    await settle();
    expect(health()).toBe('empty');
    world.found = verified(1);
    faulty.place('metadata/1.root.json', bytes('{}'));
    updater.follow([entry]);
    await settle();
    expect(seen.installed).toEqual(['shop']);
    expect(health()).toBe('up-to-date');
  });

  it('installs with the rank a base was given since', async () => {
    const { faulty, world, seen, updater, follow } = setUp();
    follow();
    await settle();
    updater.follow([{ ...entry, order: 7 }]);
    world.found = verified(2);
    faulty.place('metadata/timestamp.json', bytes('2'));
    await settle();
    expect(seen.orders).toEqual([7]);
  });
});
