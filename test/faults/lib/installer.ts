import { createHash } from 'node:crypto';
import { migrate } from '#main/db/migrate.ts';
import { knowledgeMigrations } from '#main/db/migrations/knowledge/index.ts';
import { openDatabase } from '#main/db/open.ts';
import { installRelease, type ReleaseChange } from '#main/features/channels/index.ts';
import { createKnowledgeRepository } from '#main/features/knowledge/index.ts';
import { createSearchTables, openSearchIndex } from '#main/features/search/index.ts';

// Installs one release as the import process does: `installer.mjs FILE RELEASE RECORDS`.
const [file = '', release = '1', records = '0'] = process.argv.slice(2);
const number = Number(release);
const total = Number(records);

/** In each release every tenth record has another price, and one record goes and one comes. */
function* changes(): Generator<ReleaseChange[]> {
  const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
  const put = (at: number): ReleaseChange => {
    const line = { kind: 'product' as const, record: { sku: `P-${at}`, name: `Lamp number ${at} of release ${number}`, price: { amount: number * 100, currency: 'EUR' } } };
    return { key: `product/P-${at}`, ver: number, digest: digest(JSON.stringify(line)), line };
  };
  let batch: ReleaseChange[] = [];
  for (let at = 0; at < total; at++) {
    if (number > 1 && at % 10 !== 0) continue;
    batch.push(put(at));
    if (batch.length === 200) yield batch.splice(0);
  }
  batch.push(put(total + number));
  if (number > 1) batch.push({ key: `product/P-${total + number - 1}`, ver: number, digest: digest(`gone ${number}`), line: undefined });
  yield batch;
}
async function* asBatches(): AsyncGenerator<ReleaseChange[]> {
  yield* changes();
}

const db = openDatabase({ file, kind: 'knowledge' });
migrate(db, knowledgeMigrations);
createSearchTables(db);
const parts = { db, repository: createKnowledgeRepository(db), index: openSearchIndex({ db, clock: Date.now }), now: Date.now };
await installRelease(parts, { kb: 'shop', title: 'Shop', epoch: 1, release: number, publishedAt: number, note: '', seq: 0, count: total + 1, expires: 9e12, policyDigest: 'p', order: 500 }, asBatches());
db.close();
process.stdout.write('installed\n');
