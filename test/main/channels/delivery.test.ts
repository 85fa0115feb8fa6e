import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createInstalledRepository, openFolder, readReceipts, readReplies, writeReceipt, writeReply } from '#main/features/channels/index.ts';
import { beginTrustChange, createPublisher, lastTrusted, openTrustStore, setUpTrust, signChanges, type Publisher, type Signer } from '#main/features/packs/index.ts';
import { packsDir } from '#main/processes/packs-dir.ts';
import { checkRelease, installChecked } from '#main/processes/release-tasks.ts';
import type { PackLine } from '#shared/domain/knowledge.ts';
import type { Receipt } from '#shared/domain/news/receipt.ts';
import { person, tempDir } from '../packs/helpers.ts';
import { openKnowledge, product } from './release-helpers.ts';

const settle = async (): Promise<void> => undefined;

/** A publisher with a folder, as a supervisor's desk has it. */
async function openShop() {
  const path = join(tempDir(), 'share');
  mkdirSync(path);
  const ben = person('Ben', ['owner', 'author', 'approver']);
  const source = openFolder({ root: path });
  const publisher: Publisher = createPublisher({ writer: source, store: openTrustStore(join(tempDir(), 'packs')), now: Date.now });
  const plan = { kb: 'shop', title: 'Shop', epoch: 1, people: [ben.card], revoked: [], ownersNeeded: 1, rules: [{ prefix: '', keys: [], threshold: 1 as const }] };
  const created = await publisher.create(beginTrustChange(plan, { root: 1, targets: 1 }, [ben.signer], Date.now()), 'Shop', ben.signer);
  const versions = new Map<string, number>();
  const publish = async (wanted: readonly ({ line: PackLine } | { remove: string })[], rollbackTo?: number): Promise<unknown> => {
    const changes = await signChanges({ kb: 'shop', epoch: 1, wanted, liveVersion: (key) => versions.get(key) ?? 0, by: ben.signer, at: Date.now() });
    for (const { subject } of changes) versions.set(subject, (versions.get(subject) ?? 0) + 1);
    return publisher.publish({ kb: 'shop', changes, note: '', by: ben.signer, ...(rollbackTo === undefined ? {} : { rollbackTo }) });
  };
  return { path, source, ben, publish, fingerprint: created.fingerprint ?? '' };
}

/** A desk's data folder that trusts the shop. */
async function openDesk(shop: Awaited<ReturnType<typeof openShop>>) {
  const dataDir = tempDir();
  const knowledge = openKnowledge(join(dataDir, 'knowledge.db'));
  const config = { dataDir, resourcesDir: '' };
  const store = openTrustStore(packsDir(dataDir));
  expect(await setUpTrust(shop.source, store, { fingerprint: shop.fingerprint }, 'typed', Date.now())).toMatchObject({ outcome: 'trusted' });
  const check = () => checkRelease(config, { place: { kind: 'folder', path: shop.path }, kb: 'shop' });
  const install = () => installChecked(config, { kb: 'shop', order: 500 }, settle);
  const price = (sku: string) => knowledge.repository.get('product', sku)?.price?.amount;
  return { dataDir, knowledge, store, check, install, price, release: () => createInstalledRepository(knowledge.db).base('shop')?.release };
}

describe('from a supervisor to a desk through a folder', () => {
  it('publishes, checks, installs, goes back, and keeps the last three packs', async () => {
    const shop = await openShop();
    const desk = await openDesk(shop);
    expect(await desk.check()).toMatchObject({ outcome: 'nothing-published' });
    expect(await shop.publish([{ line: product('A-1', 'Kettle', 100) }, { line: product('A-2', 'Toaster', 50) }])).toMatchObject({ outcome: 'published', release: 1 });
    expect(await desk.check()).toMatchObject({ outcome: 'verified', release: 1 });
    expect(desk.price('A-1')).toBeUndefined();
    expect(await desk.install()).toMatchObject({ ok: true, release: 1, changed: 2 });
    expect(desk.price('A-1')).toBe(100);
    expect(await desk.check()).toMatchObject({ outcome: 'up-to-date' });

    // Three weeks off: three releases later the desk goes straight to the last state.
    await shop.publish([{ line: product('A-1', 'Kettle', 110) }]);
    await shop.publish([{ line: product('A-1', 'Kettle', 120) }, { remove: 'product/A-2' }]);
    await shop.publish([{ line: product('A-1', 'Kettle', 130) }, { line: product('A-3', 'Mixer', 70) }]);
    expect(await desk.check()).toMatchObject({ outcome: 'verified', release: 4 });
    expect(await desk.install()).toMatchObject({ ok: true, release: 4, changed: 3 });
    expect([desk.price('A-1'), desk.price('A-2'), desk.price('A-3')]).toEqual([130, undefined, 70]);

    await shop.publish([{ line: product('A-1', 'Kettle', 100) }, { line: product('A-2', 'Toaster', 50) }, { remove: 'product/A-3' }], 1);
    await desk.check();
    await desk.install();
    expect([desk.price('A-1'), desk.price('A-2'), desk.price('A-3')]).toEqual([100, 50, undefined]);
    expect(createInstalledRepository(desk.knowledge.db).log(0, 1)[0]).toMatchObject({ release: 5, rollbackTo: 1 });
    await shop.publish([{ line: product('A-4', 'Lamp', 5) }]);
    await desk.check();
    await desk.install();
    expect(desk.store.kept('shop').length).toBeLessThanOrEqual(3);
  });

  it('installs from its own copy when the folder is gone, and again when the knowledge was lost', async () => {
    const shop = await openShop();
    const desk = await openDesk(shop);
    await shop.publish([{ line: product('A-1', 'Kettle', 100) }]);
    await desk.check();
    rmSync(shop.path, { recursive: true });
    expect(await desk.install()).toMatchObject({ ok: true, release: 1 });
    desk.knowledge.db.close();
    for (const name of readdirSync(desk.dataDir)) if (name.startsWith('knowledge.db')) rmSync(join(desk.dataDir, name));
    const anew = openKnowledge(join(desk.dataDir, 'knowledge.db'));
    expect(await desk.install()).toMatchObject({ ok: true, release: 1 });
    expect(anew.repository.get('product', 'A-1')).toMatchObject({ name: 'Kettle' });
  });

  it('takes nothing of a half-copied, truncated or exchanged pack, and takes it when the copy is whole', async () => {
    const shop = await openShop();
    const desk = await openDesk(shop);
    await shop.publish([{ line: product('A-1', 'Kettle', 100) }]);
    const targets = join(shop.path, 'targets');
    const pack = join(targets, readdirSync(targets).find((name) => name.endsWith('.gz')) ?? '');
    const whole = readFileSync(pack);
    rmSync(pack);
    expect(await desk.check()).toMatchObject({ outcome: 'refused', refusal: { reason: 'missing-file' } });
    writeFileSync(pack, whole.subarray(0, whole.length - 7));
    expect(await desk.check()).toMatchObject({ outcome: 'refused', refusal: { reason: 'truncated' } });
    writeFileSync(pack, Buffer.from(whole).fill(1, 20, 30));
    expect(await desk.check()).toMatchObject({ outcome: 'refused', refusal: { reason: 'hash-mismatch' } });
    expect(await desk.install()).toMatchObject({ ok: false, reason: 'nothing-checked' });
    expect(desk.release()).toBeUndefined();
    writeFileSync(pack, whole);
    expect(await desk.check()).toMatchObject({ outcome: 'verified' });
    expect(await desk.install()).toMatchObject({ ok: true });
  });

  it('refuses an older state put back into the folder and keeps the newer', async () => {
    const shop = await openShop();
    const desk = await openDesk(shop);
    await shop.publish([{ line: product('A-1', 'Kettle', 100) }]);
    const stamp = join(shop.path, 'metadata', 'timestamp.json');
    const old = `${stamp}.kept`;
    copyFileSync(stamp, old);
    await shop.publish([{ line: product('A-1', 'Kettle', 120) }]);
    await desk.check();
    await desk.install();
    copyFileSync(old, stamp);
    expect(await desk.check()).toMatchObject({ outcome: 'refused', refusal: { reason: 'rollback' } });
    expect(desk.price('A-1')).toBe(120);
  });
});

describe('what goes back', () => {
  const DESK = 'desk-abcdefghijkl';
  const receipt = (patch: Partial<Receipt> = {}): Receipt => ({ v: 1, desk: DESK, at: 5, app: '1', releases: [{ source: 'shop', release: 1, installedAt: 4 }], acknowledged: [], flags: [], ...patch });
  const flag = (id: string, text = 'wrong') => ({ id, about: { kind: 'article' as const, key: 'returns', title: 'Returns' }, problem: 'wrong' as const, text, at: 3 });

  it('carries receipts, and passes over what is no receipt or lies under another desk’s name', async () => {
    const { source, path } = await openShop();
    expect(await writeReceipt(source, receipt({ flags: [flag('flag-1')] }))).toEqual({ state: 'written' });
    writeFileSync(join(path, 'receipts', 'desk-zzzzzzzzzzzz.json'), JSON.stringify(receipt()));
    writeFileSync(join(path, 'receipts', 'junk.json'), '{"v":1');
    writeFileSync(join(path, 'receipts', 'huge.json'), Buffer.alloc(300_000, 32));
    const found = await readReceipts(source);
    expect(found.receipts).toEqual([receipt({ flags: [flag('flag-1')] })]);
    expect(found.unreadable).toBe(3);
  });

  it('leaves out the oldest flags of a receipt that would be too long', async () => {
    const { source } = await openShop();
    const flags = Array.from({ length: 90 }, (_, at) => flag(`flag-${at}`, 'x'.repeat(3_900)));
    await writeReceipt(source, receipt({ flags }));
    const [kept] = (await readReceipts(source)).receipts;
    expect(kept?.flags.length).toBeGreaterThan(50);
    expect(kept?.flags[0]?.id).toBe('flag-0');
  });

  it('shows an agent only replies for this desk that a known person signed', async () => {
    const shop = await openShop();
    const desk = await openDesk(shop);
    await shop.publish([{ line: product('A-1', 'Kettle') }]);
    await desk.check();
    const policy = lastTrusted(desk.store, 'shop')?.policy;
    const policies = policy === undefined ? [] : [policy];
    const reply = (id: string) => ({ flag: id, text: 'Thank you.', outcome: 'changed' as const, by: 'Ben', at: 9 });
    const stranger: Signer = person('Mallory', ['owner']).signer;
    await writeReply(shop.source, DESK, reply('flag-1'), shop.ben.signer);
    await writeReply(shop.source, DESK, reply('flag-2'), stranger);
    await writeReply(shop.source, 'desk-otherdesk123', reply('flag-3'), shop.ben.signer);
    copyFileSync(join(shop.path, 'replies', 'desk-otherdesk123.flag-3.json'), join(shop.path, 'replies', `${DESK}.flag-3.json`));
    writeFileSync(join(shop.path, 'replies', `${DESK}.flag-4.json`), '{}');
    expect(await readReplies(shop.source, DESK, policies)).toEqual([reply('flag-1')]);
    expect(await readReplies(shop.source, DESK, policies.map((one) => ({ ...one, revoked: [{ id: shop.ben.card.id, name: 'Ben', at: 1 }] })))).toEqual([]);
  });
});
