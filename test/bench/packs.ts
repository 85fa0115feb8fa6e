/**
 * A pack of 50,000 products: build, verify and install times and sizes, beside the figures the format was
 * designed by (gzip 17.1 MB; file hash 37 ms; import about 2 s; each signature checked 4–5 s of one core).
 * Prints one JSON line. `npm run bench:packs [records]`.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../src/main/db/migrate.ts';
import { knowledgeMigrations } from '../../src/main/db/migrations/knowledge/index.ts';
import { openDatabase } from '../../src/main/db/open.ts';
import { installRelease, openFolder, storedVersions } from '../../src/main/features/channels/index.ts';
import { createKnowledgeRepository } from '../../src/main/features/knowledge/index.ts';
import { hashOfFile } from '../../src/main/features/packs/check-release.ts';
import { beginTrustChange, changesOf, checkChannel, createPublisher, installFacts, NOTHING_STORED, openTrustStore, setUpTrust, signChanges } from '../../src/main/features/packs/index.ts';
import { newSeed, signerFrom } from '../../src/main/features/packs/signer.ts';
import { createSearchTables, openSearchIndex } from '../../src/main/features/search/index.ts';
import type { PackLine } from '../../src/shared/domain/knowledge.ts';

const COUNT = Number(process.argv[2] ?? 50_000);
const WORDS = 'price delivery warranty colour battery screen kettle washing machine silver black stainless steel energy label capacity litre watt cordless charger included returns within thirty days contract month tariff speed fibre router'.split(' ');

let seed = 7;
const random = (below: number): number => (seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff) % below;
const words = (count: number): string => Array.from({ length: count }, () => `${WORDS[random(WORDS.length)]}${random(9) === 0 ? random(1_000) : ''}`).join(' ');

function product(at: number, price = random(99_999)): PackLine {
  const sku = `P-${String(at).padStart(6, '0')}`;
  const facts = Array.from({ length: 6 }, () => ({ name: words(1), value: String(random(10_000)) }));
  return { kind: 'product', record: { sku, name: words(5), brand: `Brand ${random(400)}`, price: { amount: price, currency: 'EUR' }, description: words(120), facts } };
}

const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const from = performance.now();
  const value = await work();
  return [value, Math.round(performance.now() - from)];
};

/** The longest stretch in which nothing else of this process could run, ms. */
function watchLoop(): () => number {
  let last = performance.now();
  let worst = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    worst = Math.max(worst, now - last - 1);
    last = now;
  }, 1);
  return () => {
    clearInterval(timer);
    return Math.round(worst * 10) / 10;
  };
}

const dir = mkdtempSync(join(tmpdir(), 'callside-bench-'));
try {
  const folder = join(dir, 'channel');
  mkdirSync(folder);
  const channel = openFolder({ root: folder, patienceMs: 120_000 });
  const by = signerFrom(newSeed(), 'Bench');
  const now = Date.now;
  const store = openTrustStore(join(dir, 'publisher'));
  const publisher = createPublisher({ writer: channel, store, now });
  const card = { id: by.id, publicKey: by.publicKey, name: 'Bench', roles: ['author' as const, 'approver' as const, 'owner' as const], createdAt: now() };
  const plan = { kb: 'bench', title: 'Bench', epoch: 1, people: [card], revoked: [], ownersNeeded: 1, rules: [{ prefix: '', keys: [], threshold: 1 as const }] };
  const made = await publisher.create(beginTrustChange(plan, { root: 1, targets: 1 }, [by], now()), 'Bench', by);
  if (made.outcome !== 'published' || made.fingerprint === undefined) throw new Error(JSON.stringify(made));

  const lines = Array.from({ length: COUNT }, (_, at) => product(at));
  const recordBytes = Math.round(lines.reduce((sum, line) => sum + JSON.stringify(line.record).length, 0) / COUNT);
  const signLoop = watchLoop();
  const [changes, signMs] = await timed(() => signChanges({ kb: 'bench', epoch: 1, wanted: lines.map((line) => ({ line })), liveVersion: () => 0, by, at: now() }));
  const signBlock = signLoop();
  const buildLoop = watchLoop();
  const [built, buildMs] = await timed(() => publisher.publish({ kb: 'bench', changes, note: '', by }));
  const buildBlock = buildLoop();
  if (built.outcome !== 'published') throw new Error(JSON.stringify(built));
  const packFile = join(folder, 'targets', readdirSync(join(folder, 'targets')).find((name) => name.includes('.pack-1.')) ?? '');
  const rawBytes = changes.reduce((sum, { text }) => sum + text.length + 300, 0);

  const desk = openTrustStore(join(dir, 'desk'));
  await setUpTrust(channel, desk, { fingerprint: made.fingerprint }, 'typed', now());
  const [, hashMs] = await timed(async () => hashOfFile(packFile));
  const [checked, verifyMs] = await timed(() => checkChannel(channel, desk, 'bench', NOTHING_STORED, { now }));
  if (checked.outcome !== 'verified') throw new Error(JSON.stringify(checked));

  const db = openDatabase({ file: join(dir, 'knowledge.db'), kind: 'knowledge' });
  migrate(db, knowledgeMigrations);
  createSearchTables(db);
  const parts = { db, repository: createKnowledgeRepository(db), index: openSearchIndex({ db, clock: now }), now };
  const [, installMs] = await timed(() => installRelease(parts, { ...installFacts(checked.release), order: 100 }, changesOf(checked.release, storedVersions(db, 'bench'))));

  // A price change on top: what a desk does every day.
  const one = await signChanges({ kb: 'bench', epoch: 1, wanted: [{ line: product(7, 1) }], liveVersion: () => 1, by, at: now() });
  const priceLoop = watchLoop();
  const [, priceMs] = await timed(() => publisher.publish({ kb: 'bench', changes: one, note: '', by }));
  const priceBlock = priceLoop();
  const [next, nextMs] = await timed(() => checkChannel(channel, desk, 'bench', storedVersions(db, 'bench'), { now }));
  if (next.outcome !== 'verified') throw new Error(JSON.stringify(next));
  const [, nextInstallMs] = await timed(() => installRelease(parts, { ...installFacts(next.release), order: 100 }, changesOf(next.release, storedVersions(db, 'bench'))));
  db.close();

  console.log(JSON.stringify({
    bench: 'packs', records: COUNT, recordBytes, packMB: Math.round(statSync(packFile).size / 1e5) / 10, rawMB: Math.round(rawBytes / 1e5) / 10,
    signMs, signsPerSecond: Math.round((COUNT / signMs) * 1_000), signLongestBlockMs: signBlock, buildMs, buildLongestBlockMs: buildBlock,
    hashMs, verifyMs, verifiesPerSecond: Math.round((COUNT / verifyMs) * 1_000), installMs, databaseMB: Math.round(statSync(join(dir, 'knowledge.db')).size / 1e5) / 10,
    priceChange: { publishMs: priceMs, longestBlockMs: priceBlock, checkMs: nextMs, installMs: nextInstallMs },
    design: { packMB: 17.1, rawMB: 72.8, hashMs: 37, signsPerSecond: 23_800, verifiesPerSecond: 8_700, importMs: 2_000 },
  }));
} finally {
  rmSync(dir, { recursive: true, force: true });
}
