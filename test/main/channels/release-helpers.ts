import { createHash } from 'node:crypto';
import { migrate } from '#main/db/migrate.ts';
import { knowledgeMigrations } from '#main/db/migrations/knowledge/index.ts';
import { openDatabase, type Db } from '#main/db/open.ts';
import type { InstallParts, ReleaseChange, ReleaseToInstall } from '#main/features/channels/index.ts';
import { createKnowledgeRepository } from '#main/features/knowledge/index.ts';
import { createSearchTables, openSearchIndex } from '#main/features/search/index.ts';
import { recordKey, type PackLine } from '#shared/domain/knowledge.ts';

export const product = (sku: string, name: string, amount = 100): PackLine => ({ kind: 'product', record: { sku, name, price: { amount, currency: 'GBP' } } });
export const article = (id: string, title: string): PackLine => ({ kind: 'article', record: { id, kind: 'policy', title, summary: 'One sentence.', body: '' } });

/** A knowledge.db as a desk has it. */
export function openKnowledge(file = ':memory:'): InstallParts & { db: Db } {
  const db = openDatabase({ file, kind: 'knowledge' });
  migrate(db, knowledgeMigrations);
  createSearchTables(db);
  return { db, repository: createKnowledgeRepository(db), index: openSearchIndex({ db, clock: Date.now }), now: Date.now };
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
export const change = (line: PackLine, ver = 1): ReleaseChange => ({ key: `${line.kind}/${recordKey(line)}`, ver, digest: digest(`${ver} ${JSON.stringify(line)}`), line });
export const tombstone = (line: PackLine, ver: number): ReleaseChange => ({ key: `${line.kind}/${recordKey(line)}`, ver, digest: digest(`${ver} gone ${recordKey(line)}`), line: undefined });

export const release = (patch: Partial<ReleaseToInstall> = {}): ReleaseToInstall => ({
  kb: 'shop', title: 'Shop', epoch: 1, release: 1, publishedAt: 1_000, note: '', seq: 0, count: 0, expires: 9_000_000_000_000, policyDigest: 'p', order: 100, ...patch,
});

export async function* batches(changes: readonly ReleaseChange[], size = 200): AsyncGenerator<readonly ReleaseChange[]> {
  for (let at = 0; at < changes.length; at += size) yield changes.slice(at, at + size);
}
