import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFolder, writeReply } from '#main/features/channels/index.ts';
import { beginTrustChange, createPublisher, openKeyVault, openTrustStore, signChanges } from '#main/features/packs/index.ts';
import type { PackLine } from '#shared/domain/knowledge.ts';
import type { FlagReply } from '#shared/domain/news/flag.ts';

/** A supervisor who publishes into a folder, as the command line and the workshop do. */
export async function openShop() {
  const home = mkdtempSync(join(tmpdir(), 'callside-shop-'));
  const folder = join(home, 'share');
  mkdirSync(folder);
  const vault = openKeyVault({ dir: join(home, 'keys'), wrapper: undefined, now: Date.now, cost: { N: 1_024, r: 8, p: 1 } });
  const key = await vault.create('Ben Supervisor', ['owner', 'author', 'approver'], 'a long passphrase');
  await vault.unlock(key.id, 'a long passphrase');
  const signer = vault.signer(key.id);
  const card = vault.card(key.id);
  if (signer === undefined || card === undefined) throw new Error('the key of the test could not be unlocked');
  const source = openFolder({ root: folder });
  const publisher = createPublisher({ writer: source, store: openTrustStore(join(home, 'packs')), now: Date.now });
  const plan = { kb: 'shop', title: 'Shop knowledge', epoch: 1, people: [card], revoked: [], ownersNeeded: 1, rules: [{ prefix: '', keys: [], threshold: 1 as const }] };
  const created = await publisher.create(beginTrustChange(plan, { root: 1, targets: 1 }, [signer], Date.now()), plan.title, signer);
  const versions = new Map<string, number>();
  return {
    folder,
    fingerprint: created.fingerprint ?? '',
    publish: async (lines: readonly PackLine[], more: { note?: string; rollbackTo?: number } = {}): Promise<void> => {
      const changes = await signChanges({ kb: 'shop', epoch: 1, wanted: lines.map((line) => ({ line })), liveVersion: (name) => versions.get(name) ?? 0, by: signer, at: Date.now() });
      for (const { subject } of changes) versions.set(subject, (versions.get(subject) ?? 0) + 1);
      const { note = '', ...rest } = more;
      const published = await publisher.publish({ kb: 'shop', changes, note, by: signer, ...rest });
      if (published.outcome !== 'published') throw new Error(`not published: ${JSON.stringify(published)}`);
    },
    reply: (desk: string, reply: Omit<FlagReply, 'by' | 'at'>) => writeReply(source, desk, { ...reply, by: 'Ben Supervisor', at: Date.now() }, signer),
    close: () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }),
  };
}
export type Shop = Awaited<ReturnType<typeof openShop>>;

