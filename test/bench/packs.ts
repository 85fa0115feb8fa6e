/**
 * A pack of 50,000 products: sizes and times of building, checking and installing it, beside the figures the format
 * was designed by (`design`: measured elsewhere, on two other cores) and beside what the bare algorithms reach on this
 * machine (`bare`: one thread, nothing but OpenSSL). Also the longest stretch in which the main thread of the process
 * that publishes could do nothing else: in the app that is the one that shows the windows. Publishing itself is done by
 * the app's own thread, and signatures are checked by the import process's.
 * A table on standard error, one JSON line on standard output. `npm run bench:packs [records]`.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { migrate } from '../../src/main/db/migrate.ts';
import { knowledgeMigrations } from '../../src/main/db/migrations/knowledge/index.ts';
import { openDatabase } from '../../src/main/db/open.ts';
import { installRelease, openFolder, storedVersions } from '../../src/main/features/channels/index.ts';
import { createKnowledgeRepository } from '../../src/main/features/knowledge/index.ts';
import { changesOf, checkChannel, createPackThread, installFacts, NOTHING_STORED, openSignatureThreads, openTrustStore, setUpTrust, signChanges, wantedKey, writeDifferences } from '../../src/main/features/packs/index.ts';
import { newSeed, signerFrom } from '../../src/main/features/packs/signer.ts';
import { createSearchTables, openSearchIndex } from '../../src/main/features/search/index.ts';
import { digestOfFile } from '../../src/main/lib/digest.ts';
import { round } from './lib-app.ts';
import { madeUpProducts } from './lib-products.ts';

/** As the import process checks. */
const threads = (keys: Parameters<typeof openSignatureThreads>[1]) => openSignatureThreads(() => new Worker(new URL('../../src/main/processes/signatures-thread.ts', import.meta.url)), keys);
const COUNT = Number(process.argv[2] ?? 50_000);
/** Texts the bare algorithms are tried on. */
const BARE = 4_000;

const timed = async <T>(work: () => Promise<T>): Promise<[T, number]> => {
  const from = performance.now();
  const value = await work();
  return [value, Math.round(performance.now() - from)];
};

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** The same, with the longest stretch in which nothing else of this process could run, ms. */
async function watched<T>(work: () => Promise<T>): Promise<[T, number, number]> {
  // What the bench itself has let go must not be collected while the product is measured.
  collectGarbage();
  let last = performance.now();
  let worst = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    worst = Math.max(worst, now - last - 1);
    last = now;
  }, 1);
  try {
    return [...(await timed(work)), round(worst)];
  } finally {
    clearInterval(timer);
  }
}

/** Signatures made and checked per second on one thread, over texts as long as those of the pack. */
function bareSpeeds(bytes: number): { signs: number; verifies: number } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const texts = Array.from({ length: BARE }, (_, at) => Buffer.alloc(bytes, at));
  const speed = (work: () => void): number => {
    const from = performance.now();
    work();
    return Math.round((BARE / (performance.now() - from)) * 1_000);
  };
  let made: Buffer[] = [];
  const signs = speed(() => (made = texts.map((text) => sign(null, text, privateKey))));
  return { signs, verifies: speed(() => texts.every((text, at) => verify(null, text, publicKey, made[at] ?? text))) };
}

const dir = mkdtempSync(join(tmpdir(), 'callside-bench-'));
try {
  const folder = join(dir, 'channel');
  mkdirSync(folder);
  const channel = openFolder({ root: folder, patienceMs: 120_000 });
  const by = signerFrom(newSeed(), 'Bench');
  const now = Date.now;
  const store = openTrustStore(join(dir, 'publisher'));
  // As the app does it: everything that takes long on a thread of its own.
  const thread = createPackThread({ start: () => new Worker(new URL('../../src/main/processes/packs-thread.ts', import.meta.url), { workerData: { dir: join(dir, 'publisher') } }) });
  const publisher = thread.publisher({ writer: channel, store, now });
  const card = { id: by.id, publicKey: by.publicKey, name: 'Bench', roles: ['author' as const, 'approver' as const, 'owner' as const], createdAt: now() };
  const plan = { kb: 'bench', title: 'Bench', epoch: 1, people: [card], revoked: [], ownersNeeded: 1, rules: [{ prefix: '', keys: [], threshold: 1 as const }] };
  // The libraries are loaded here, once.
  const [made, , firstBlock] = await watched(async () => publisher.create(await thread.beginTrustChange(plan, { root: 1, targets: 1 }, [by], now()), 'Bench', by));
  if (made.outcome !== 'published' || made.fingerprint === undefined) throw new Error(JSON.stringify(made));

  const lines = madeUpProducts(COUNT);
  const recordBytes = Math.round(lines.reduce((sum, line) => sum + JSON.stringify(line.record).length, 0) / COUNT);
  const bare = bareSpeeds(recordBytes + 150);
  const [changes, signMs] = await timed(() => signChanges({ kb: 'bench', epoch: 1, wanted: lines.map((line) => ({ line })), liveVersion: () => 0, by, at: now() }));
  const [built, buildMs, buildBlock] = await watched(() => publisher.publish({ kb: 'bench', changes, note: '', by }));
  if (built.outcome !== 'published') throw new Error(JSON.stringify(built));
  const packFile = join(folder, 'targets', readdirSync(join(folder, 'targets')).find((name) => name.includes('.pack-1.')) ?? '');
  const rawBytes = changes.reduce((sum, change) => sum + Buffer.byteLength(JSON.stringify(change)) + 1, 0);

  const desk = openTrustStore(join(dir, 'desk'));
  await setUpTrust(channel, desk, { fingerprint: made.fingerprint }, 'typed', now());
  const [, hashMs] = await timed(() => digestOfFile(packFile));
  const [checked, verifyMs] = await timed(() => checkChannel(channel, desk, 'bench', NOTHING_STORED, { now, threads }));
  if (checked.outcome !== 'verified') throw new Error(JSON.stringify(checked));

  const db = openDatabase({ file: join(dir, 'knowledge.db'), kind: 'knowledge' });
  migrate(db, knowledgeMigrations);
  createSearchTables(db);
  // As the import process does it: moving a whole base into the file belongs after the commit.
  db.pragma('wal_autocheckpoint = 0');
  const parts = { db, repository: createKnowledgeRepository(db), index: openSearchIndex({ db, clock: now }), now };
  const [, installMs] = await timed(() => installRelease(parts, { ...installFacts(checked.release), order: 100 }, changesOf(checked.release, storedVersions(db, 'bench'))));

  // A price change on top: what a desk does every day. Whoever does it does not hold 50,000 products in memory.
  const changed = lines.slice(7, 8).map((line) => ({ line: { ...line, record: { ...line.record, name: 'Kettle' } } as typeof line }));
  lines.length = 0;
  changes.length = 0;
  const one = await signChanges({ kb: 'bench', epoch: 1, wanted: changed, liveVersion: () => 1, by, at: now() });
  const [, priceMs, priceBlock] = await watched(() => publisher.publish({ kb: 'bench', changes: one, note: '', by }));
  const [next, nextMs] = await timed(() => checkChannel(channel, desk, 'bench', storedVersions(db, 'bench'), { now }));
  if (next.outcome !== 'verified') throw new Error(JSON.stringify(next));
  const [, nextInstallMs] = await timed(() => installRelease(parts, { ...installFacts(next.release), order: 100 }, changesOf(next.release, storedVersions(db, 'bench'))));
  // Going back to an older release: every record signed anew, from the file the knowledge process writes.
  const differences = join(dir, 'differences.ndjson');
  await writeDifferences(differences, madeUpProducts(COUNT).map((line, at) => ({ wanted: { line }, ver: at === 7 ? 2 : 1 })), wantedKey);
  const [back, backMs, backBlock] = await watched(() => publisher.goBack({ kb: 'bench', file: differences, rollbackTo: 1, by }));
  if (back.outcome !== 'published') throw new Error(JSON.stringify(back));
  thread.close();
  const databaseMB = round((statSync(join(dir, 'knowledge.db')).size + statSync(join(dir, 'knowledge.db-wal')).size) / 1e6);
  db.close();

  const table = [
    { what: 'record, bytes', here: recordBytes, design: 1_370 },
    { what: 'pack, MB', here: round(statSync(packFile).size / 1e6), design: 17.1 },
    { what: 'unpacked, MB', here: round(rawBytes / 1e6), design: 72.8 },
    { what: 'signatures made, per s', here: Math.round((COUNT / signMs) * 1_000), design: 23_800, bare: bare.signs },
    { what: 'build: check, merge, pack, publish, ms', here: buildMs },
    { what: 'hash of the file, ms', here: hashMs, design: 37 },
    { what: 'check: every signature and record, ms', here: verifyMs, design: 5_000, bare: Math.round((COUNT / bare.verifies) * 1_000) },
    { what: 'signatures checked, per s', here: Math.round((COUNT / verifyMs) * 1_000), design: 8_700, bare: bare.verifies },
    { what: 'install with search index, ms', here: installMs, design: 2_000 },
    { what: 'database and log, MB', here: databaseMB },
    { what: 'going back, all signed anew, ms', here: backMs },
    { what: 'one price changed: publish, ms', here: priceMs },
    { what: 'one price changed: check, ms', here: nextMs },
    { what: 'one price changed: install, ms', here: nextInstallMs },
    { what: 'longest stretch, first use, ms', here: firstBlock },
    { what: 'longest stretch, going back, ms', here: backBlock, design: 16 },
    { what: 'longest stretch, building all, ms', here: buildBlock, design: 16 },
    { what: 'longest stretch, one price, ms', here: priceBlock, design: 16 },
  ];
  console.error(['', 'here', 'design', 'bare here'].map((head, at) => (at === 0 ? head.padEnd(42) : head.padStart(10))).join(''));
  for (const { what, ...row } of table) console.error([what.padEnd(42), ...(['here', 'design', 'bare'] as const).map((column) => String((row as Record<string, number>)[column] ?? '').padStart(10))].join(''));
  console.log(JSON.stringify({ bench: 'packs', records: COUNT, table }));
} finally {
  rmSync(dir, { recursive: true, force: true });
}
