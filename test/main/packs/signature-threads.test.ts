import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { checkChannel, NOTHING_STORED, openSignatureThreads, signChanges } from '#main/features/packs/index.ts';
import { newSeed, signerFrom } from '#main/features/packs/signer.ts';
import { openDesk, openShop, product, sign, tempDir } from './helpers.ts';

const REAL = new URL('../../../src/main/processes/signatures-thread.ts', import.meta.url);

const ben = signerFrom(newSeed(), 'Ben');
const anna = signerFrom(newSeed(), 'Anna');
const texts = () => signChanges({ kb: 'shop', epoch: 1, wanted: Array.from({ length: 40 }, (_, at) => ({ line: product(`P-${at}`) })), liveVersion: () => 0, by: ben, at: 1 });

async function judged(file: URL | string, count = 2): Promise<boolean[][]> {
  const threads = openSignatureThreads(() => new Worker(file), [ben], count);
  onTestFinished(threads.close);
  const [good, changed, foreign, short, none] = await texts();
  if (good === undefined || changed === undefined || foreign === undefined || short === undefined || none === undefined) throw new Error('too few');
  const [genuine] = good.signatures;
  if (genuine === undefined) throw new Error('not signed');
  return threads.check([
    good,
    { ...changed, text: changed.text.replace('Product', 'product') },
    { ...foreign, signatures: [{ ...genuine, keyid: anna.id }] },
    { ...short, signatures: [{ ...genuine, sig: genuine.sig.slice(0, 40) }] },
    { ...good, signatures: [genuine, { ...genuine, sig: Buffer.alloc(64).toString('base64') }] },
    { ...none, signatures: [] },
  ]);
}

const VERDICT = [[true], [false], [false], [false], [true, false], []];

it('threads tell genuine signatures from changed texts, foreign keys, short and empty ones', async () => {
  expect(await judged(REAL)).toEqual(VERDICT);
});

it('where one core is all that may be used, the verdict is the same', async () => {
  expect(await judged(REAL, 0)).toEqual(VERDICT);
});

it('a thread that ends, or never was one, changes no verdict', async () => {
  const dir = tempDir();
  const dies = join(dir, 'dies.mjs');
  writeFileSync(dies, "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(1));");
  expect(await judged(dies)).toEqual(VERDICT);
  expect(await judged(join(dir, 'is-not-there.mjs'))).toEqual(VERDICT);
});

it('a pack of thousands is checked on threads, and one forged record among them refuses it', async () => {
  const shop = await openShop();
  const lines = Array.from({ length: 2_500 }, (_, at) => product(`P-${at}`, at));
  expect(await shop.publisher.publish({ kb: 'shop', changes: await sign(lines, shop.ben.signer), note: '', by: shop.ben.signer })).toMatchObject({ outcome: 'published' });
  let started = 0;
  let asked = 0;
  const hooks = (wrong: boolean) => ({
    now: () => shop.clock.now,
    threads: (keys: Parameters<typeof openSignatureThreads>[1]) => {
      const threads = openSignatureThreads(() => (started++, new Worker(REAL)), keys, 2);
      return {
        ...threads,
        check: async (batch: Parameters<typeof threads.check>[0]) => {
          asked += batch.length;
          // One text as somebody who holds no key would have changed it.
          return threads.check(wrong && asked > 2_000 ? batch.map((one, at) => (at === 0 ? { ...one, text: `${one.text} ` } : one)) : batch);
        },
      };
    },
  });
  expect(await checkChannel(shop.channel, await openDesk(shop), 'shop', NOTHING_STORED, hooks(true))).toMatchObject({ outcome: 'refused', refusal: { reason: 'bad-signature' } });
  asked = 0;
  expect(await checkChannel(shop.channel, await openDesk(shop), 'shop', NOTHING_STORED, hooks(false))).toMatchObject({ outcome: 'verified', release: { total: 2_500 } });
  expect(asked).toBe(2_500);
  expect(started).toBe(4);
});
