import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { migrate } from '#main/db/migrate.ts';
import { knowledgeMigrations } from '#main/db/migrations/knowledge/index.ts';
import { openDatabase, type Db } from '#main/db/open.ts';
import { createKnowledgeRepository } from '#main/features/knowledge/index.ts';
import { createSearchTables, openSearchIndex } from '#main/features/search/index.ts';
import { createInstalledRepository, installRelease, storedVersions, type Installed, type InstallHooks, type InstallParts } from '#main/features/channels/index.ts';
import { changesOf, checkChannel, installFacts, type Checked, type CheckHooks, type FileSource, type TrustStore, type VerifiedRelease } from '#main/features/packs/index.ts';
import { openDesk, tempDir, type Shop } from './helpers.ts';

/** A desk with a real database. */
export type Desk = InstallParts & {
  store: TrustStore;
  clock: { now: number };
  check(hooks?: Partial<CheckHooks>, source?: FileSource): Promise<Checked>;
  install(release: VerifiedRelease, hooks?: InstallHooks): Promise<Installed>;
  /** Checks, and installs what was verified. */
  update(hooks?: Partial<CheckHooks>): Promise<Checked & { installed?: Installed }>;
  /** What agents see, as key → price in cents. */
  products(): Record<string, number | undefined>;
};

export function openKnowledge(file: string): Db {
  const db = openDatabase({ file, kind: 'knowledge' });
  migrate(db, knowledgeMigrations);
  createSearchTables(db);
  return db;
}

export async function newDesk(shop: Shop, kb = 'shop'): Promise<Desk> {
  const db = openKnowledge(join(tempDir(), 'knowledge.db'));
  onTestFinished(() => {
    db.close();
  });
  const clock = shop.clock;
  const parts: InstallParts = { db, repository: createKnowledgeRepository(db), index: openSearchIndex({ db, clock: () => clock.now }), now: () => clock.now };
  return deskOn(parts, shop, await openDesk(shop), kb);
}

/** The same desk trusting another knowledge base. */
export function deskOn(parts: InstallParts, shop: Shop, store: TrustStore, kb = 'shop'): Desk {
  const { db, repository } = parts;
  const check = (hooks: Partial<CheckHooks> = {}, source: FileSource = shop.channel): Promise<Checked> => checkChannel(source, store, kb, storedVersions(db, kb), { now: () => shop.clock.now, ...hooks });
  const install = (release: VerifiedRelease, hooks: InstallHooks = {}): Promise<Installed> => installRelease(parts, { ...installFacts(release), order: 100 }, changesOf(release, storedVersions(db, kb)), hooks);
  return {
    ...parts,
    store,
    install,
    clock: shop.clock,
    check,
    update: async (hooks = {}) => {
      const checked = await check(hooks);
      if (checked.outcome !== 'verified') return checked;
      const installed = await install(checked.release);
      store.prune(kb);
      return { ...checked, installed };
    },
    products: () => Object.fromEntries(repository.list('product').map((product) => [product.sku, product.price?.amount])),
  };
}

export const installedRelease = (desk: Desk, kb = 'shop'): number | undefined => createInstalledRepository(desk.db).base(kb)?.release;
