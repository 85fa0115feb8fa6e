import { KeyObject } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { createPackThread, createTrustDesk, lastTrusted, openKeyVault, openTrustStore, packLines, readLine, signChanges, writeDifferences, wantedKey, workHere, type PackThread, type RepositoryWriter } from '#main/features/packs/index.ts';
import { keyFromRecovery } from '#main/lib/recovery-key.ts';
import { memoryChannel, product, tempDir } from './helpers.ts';

const COST = { N: 16_384, r: 8, p: 1 };
const PASS = 'correct horse battery staple';

/** A thread, and the messages that went to it. */
type Watched = { thread: PackThread; sent: unknown[] };

function openThread(dir: string): Watched {
  const sent: unknown[] = [];
  const thread = createPackThread({
    start: () => {
      const worker = new Worker(new URL('../../../src/main/processes/packs-thread.ts', import.meta.url), { workerData: { dir } });
      const post = worker.postMessage.bind(worker);
      worker.postMessage = (message: unknown, transfer?: never) => {
        // Taken apart now: what is transferred is gone from here afterwards.
        sent.push(...partsOf(message));
        post(message, transfer);
      };
      return worker;
    },
  });
  onTestFinished(() => thread.close());
  return { thread, sent };
}

async function supervisor(channel: RepositoryWriter) {
  const dir = tempDir();
  const packs = join(dir, 'packs');
  const { thread, sent } = openThread(packs);
  const vault = openKeyVault({ dir: join(dir, 'keys'), wrapper: undefined, now: Date.now, cost: COST });
  const store = openTrustStore(packs);
  const told: (readonly string[])[] = [];
  const desk = createTrustDesk({ file: join(dir, 'publishing.json'), vault, store, open: () => channel, now: Date.now, work: thread, more: () => ({ recordLimit: async () => 5_000, published: async (_kb, changes) => void told.push((changes ?? []).map(({ subject }) => subject)) }) });
  const { id } = await vault.create('Olga', ['author', 'approver', 'owner'], PASS);
  const signer = vault.signer(id);
  if (signer === undefined) throw new Error('no signer');
  expect(await desk.create({ kb: 'shop', title: 'Shop', key: id, folder: '/share' })).toEqual({ outcome: 'done' });
  const room = desk.publishing();
  if (room === undefined) throw new Error('nowhere to publish');
  return { dir, desk, vault, store, signer, thread, sent, told, publisher: room.publisher };
}

const textsOf = async (file: string): Promise<string[]> => {
  const texts: string[] = [];
  for await (const lines of packLines(file, 'pack')) for (const line of lines) {
    const read = readLine(line, 1);
    if (read.ok) texts.push(read.signed.text);
  }
  return texts;
};

it('a thread publishes what this thread would have published, and a desk that checks on its own thread takes it', async () => {
  const channel = memoryChannel();
  const olga = await supervisor(channel);
  const lines = Array.from({ length: 700 }, (_, at) => product(`P-${at}`, 100 + at));
  const changes = await signChanges({ kb: 'shop', epoch: 1, wanted: lines.map((line) => ({ line })), liveVersion: () => 0, by: olga.signer, at: Date.now() });
  const heard: number[] = [];
  expect(await olga.publisher.publish({ kb: 'shop', changes, note: 'all', by: olga.signer, progress: (records) => void heard.push(records) })).toEqual({ outcome: 'published', release: 1 });
  expect(heard.at(-1)).toBe(700);
  expect(olga.told).toEqual([changes.map(({ subject }) => subject)]);
  // The metadata the thread wrote is what this thread reads, without the library.
  expect(lastTrusted(olga.store, 'shop')?.release).toBe(1);
  expect((await textsOf(olga.store.packFile('shop', 1))).toSorted()).toEqual(changes.map(({ text }) => text).toSorted());

  const dir = tempDir();
  const store = openTrustStore(join(dir, 'packs'));
  const fingerprint = olga.desk.facts()?.fingerprint ?? '';
  expect(await workHere.setUpTrust(channel, store, { fingerprint }, 'typed', Date.now())).toMatchObject({ outcome: 'trusted' });
  const found = await workHere.publisher({ writer: channel, store, now: Date.now }).packOf('shop', 1);
  expect(found).toMatchObject({ outcome: 'found', info: { note: 'all', counts: { product: 700 } } });
});

it('going back to a release signs and publishes what is in a file, and says how much it was', async () => {
  const olga = await supervisor(memoryChannel());
  const put = async (ver: number, price: number) => olga.publisher.publish({ kb: 'shop', changes: await signChanges({ kb: 'shop', epoch: 1, wanted: [{ line: product('A', price) }, { line: product('B', price) }], liveVersion: () => ver - 1, by: olga.signer, at: 1 }), note: '', by: olga.signer });
  await put(1, 100);
  await put(2, 200);
  const file = join(olga.dir, 'differences.ndjson');
  const wanted = [{ wanted: { line: product('A', 100) }, ver: 2 }, { wanted: { remove: 'product/B' }, ver: 2 }];
  expect(await writeDifferences(file, wanted, wantedKey)).toEqual(['product/A', 'product/B']);
  expect(await olga.publisher.goBack({ kb: 'shop', file, rollbackTo: 1, by: olga.signer })).toEqual({ outcome: 'published', release: 3, changes: 2 });
  const texts = (await textsOf(olga.store.packFile('shop', 3))).map((text) => JSON.parse(text) as { key: string; ver: number; op: string });
  expect(texts.map(({ key, ver, op }) => [key, ver, op])).toEqual([['product/A', 3, 'put'], ['product/B', 3, 'delete']]);
  expect(olga.told.at(-1)).toEqual(['product/A', 'product/B']);
});

it('what a thread refuses reaches the desk as a refusal, and a longer record than the channel carries goes nowhere', async () => {
  const channel = memoryChannel();
  const olga = await supervisor(channel);
  const stranger = await supervisor(memoryChannel());
  const foreign = await signChanges({ kb: 'shop', epoch: 1, wanted: [{ line: product('A') }], liveVersion: () => 0, by: stranger.signer, at: 1 });
  expect(await olga.publisher.publish({ kb: 'shop', changes: foreign, note: '', by: olga.signer })).toMatchObject({ outcome: 'refused', refusal: { reason: 'unknown-key' } });
  const article = { kind: 'article', record: { id: 'long', kind: 'policy', title: 'Long', summary: 'One.', body: 'x'.repeat(6_000) } } as never;
  const long = await signChanges({ kb: 'shop', epoch: 1, wanted: [{ line: article }], liveVersion: () => 0, by: olga.signer, at: 1 });
  expect(await olga.publisher.publish({ kb: 'shop', changes: long, note: '', by: olga.signer })).toMatchObject({ outcome: 'refused', refusal: { reason: 'too-large', file: 'article/long' } });
  expect(lastTrusted(olga.store, 'shop')?.release).toBeUndefined();
});

it('the secret of a key is in no message to the thread', async () => {
  const olga = await supervisor(memoryChannel());
  await olga.publisher.publish({ kb: 'shop', changes: await signChanges({ kb: 'shop', epoch: 1, wanted: [{ line: product('A') }], liveVersion: () => 0, by: olga.signer, at: 1 }), note: '', by: olga.signer });
  const words = await olga.vault.recoveryWords(olga.signer.id, PASS);
  const seed = words.outcome === 'ready' ? keyFromRecovery(words.words) : undefined;
  if (seed === undefined) throw new Error('no secret to look for');
  const { sent } = olga;
  // What lets the thread sign is there, as a handle and nothing else.
  expect(sent.filter((part) => part instanceof KeyObject && part.type === 'private').length).toBeGreaterThan(0);
  const forms = [seed.toString('hex'), seed.toString('base64').replaceAll('=', ''), words.outcome === 'ready' ? words.words : ''];
  expect(sent.filter((part) => (typeof part === 'string' ? forms.some((form) => part.includes(form)) : part instanceof Buffer && part.includes(seed)))).toEqual([]);
});

/** Everything in a message that is not made of other things; of bytes all the memory they are a view of, copied. */
function partsOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  const plain = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  if (plain) return Object.values(value).flatMap(partsOf);
  return [value instanceof Uint8Array ? Buffer.from(new Uint8Array(value.buffer)) : value];
}

it('a thread that dies under a publication rejects it, and the next one gets a new thread', async () => {
  const dir = tempDir();
  const file = join(dir, 'dies.mjs');
  writeFileSync(file, "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(3));");
  let started = 0;
  const real = new URL('../../../src/main/processes/packs-thread.ts', import.meta.url);
  const thread = createPackThread({ start: () => new Worker(started++ === 0 ? file : real, { workerData: { dir: join(dir, 'packs') } }) });
  onTestFinished(() => thread.close());
  const store = openTrustStore(join(dir, 'packs'));
  await expect(thread.setUpTrust(memoryChannel(), store, { fingerprint: 'x' }, 'typed', 1)).rejects.toThrow(/ended/);
  expect(await thread.setUpTrust(memoryChannel(), store, { fingerprint: 'x' }, 'typed', 1)).toEqual({ outcome: 'mistyped' });
});
