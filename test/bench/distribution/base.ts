import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '../../../src/main/db/migrate.ts';
import { knowledgeMigrations } from '../../../src/main/db/migrations/knowledge/index.ts';
import { openDatabase, type Db } from '../../../src/main/db/open.ts';
import { announceNewest, installRelease, openNats, storedVersions, type InstallParts } from '../../../src/main/features/channels/index.ts';
import { createKnowledgeRepository } from '../../../src/main/features/knowledge/index.ts';
import { beginTrustChange, changesOf, checkChannel, createPublisher, installFacts, NOTHING_STORED, openTrustStore, setUpTrust, signChanges } from '../../../src/main/features/packs/index.ts';
import { createSearchTables, openSearchIndex } from '../../../src/main/features/search/index.ts';
import type { SignedChange } from '../../../src/shared/domain/packs/change.ts';
import { benchProduct, KB, type BenchSigner } from './records.ts';

/** A desk's knowledge.db, as it stands in its data folder. */
export function openDeskKnowledge(home: string): InstallParts & { db: Db } {
  const db = openDatabase({ file: join(home, 'knowledge.db'), kind: 'knowledge' });
  migrate(db, knowledgeMigrations);
  createSearchTables(db);
  // As the process that follows in the app: it writes and never searches for anybody.
  db.pragma('cache_size = -8000');
  return { db, repository: createKnowledgeRepository(db), index: openSearchIndex({ db, clock: Date.now, cacheBytes: 4 * 1_048_576 }), now: Date.now };
}

/**
 * A knowledge base on the server and a desk that installed its first release, of one record, and was switched off then:
 * `template`. What comes after is what it catches up with. `fresh` is a desk that trusts the base and has nothing of it.
 */
export async function openBase(servers: readonly string[], dir: string, by: BenchSigner) {
  const source = openNats({ servers, user: 'anna' });
  const store = openTrustStore(join(dir, 'publisher'));
  const publisher = createPublisher({ writer: source, store, now: Date.now });
  const card = { id: by.id, publicKey: by.publicKey, name: 'Bench', roles: ['author' as const, 'approver' as const, 'owner' as const], createdAt: Date.now() };
  const plan = { kb: KB, title: 'Bench', epoch: 1, people: [card], revoked: [], ownersNeeded: 1, rules: [{ prefix: '', keys: [], threshold: 1 as const }] };
  const made = await publisher.create(beginTrustChange(plan, { root: 1, targets: 1 }, [by], Date.now()), 'Bench', by);
  if (made.outcome !== 'published' || made.fingerprint === undefined) throw new Error(JSON.stringify(made));
  const publish = async (changes: readonly SignedChange[]): Promise<void> => {
    const published = await publisher.publish({ kb: KB, changes, note: '', by });
    if (published.outcome !== 'published') throw new Error(JSON.stringify(published));
    await publisher.live(KB);
  };
  await publish(await signChanges({ kb: KB, epoch: 1, wanted: [{ line: benchProduct(9_999_999) }], liveVersion: () => 0, by, at: Date.now() }));

  const [template, fresh] = [join(dir, 'template'), join(dir, 'fresh')];
  mkdirSync(template, { recursive: true });
  const desk = openTrustStore(join(template, 'packs'));
  const trusted = await setUpTrust(source, desk, { fingerprint: made.fingerprint }, 'typed', Date.now());
  if (trusted.outcome !== 'trusted') throw new Error(JSON.stringify(trusted));
  cpSync(template, fresh, { recursive: true });
  const checked = await checkChannel(source, desk, KB, NOTHING_STORED, { now: Date.now });
  if (checked.outcome !== 'verified') throw new Error(JSON.stringify(checked));
  const parts = openDeskKnowledge(template);
  await installRelease(parts, { ...installFacts(checked.release), order: 100 }, changesOf(checked.release, storedVersions(parts.db, KB)));
  parts.db.close();
  return {
    template,
    fresh,
    publish,
    /** Says the signed head of the newest release, after its records are there. */
    sayHead: async (): Promise<void> => {
      const told = await announceNewest({ source, store, kb: KB }, []);
      if (told.state !== 'announced') throw new Error(told.state);
    },
    close: () => source.close(),
  };
}
