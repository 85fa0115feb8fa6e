import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, startDesk, test } from './fixtures.ts';
import { Newcomer } from './pages/newcomer.ts';
import { WorkshopPage } from './pages/workshop-page.ts';

const PASSPHRASE = 'four quiet words here';

/** Somebody set the desk up: a key, a knowledge base, a folder. The supervisor starts the app in the morning. */
test('somebody who has never seen the app publishes a price change in under two minutes, by what the screen says alone', async ({ dataDir }, info) => {
  const folder = join(dataDir, 'channel');
  for (const name of ['channel', 'desk']) mkdirSync(join(dataDir, name));
  const before = await startDesk(join(dataDir, 'desk'));
  const setUp = new WorkshopPage(before);
  const key = await setUp.ask('keys.create', { name: 'Olga Berg', roles: ['author', 'approver', 'owner'], passphrase: PASSPHRASE });
  await setUp.dialogsAnswer(folder);
  expect(await setUp.ask('trust.create', { kb: 'shop', title: 'Shop', key: key['id'] })).toMatchObject({ outcome: 'done' });
  await before.app.close();

  const desk = await startDesk(join(dataDir, 'desk'));
  const olga = new Newcomer(desk.page);
  await olga.press('Workshop');
  await olga.sees('Knowledge');
  await olga.picture('newcomer-1-workshop');
  await olga.press('Unlock');
  await olga.type('Passphrase', PASSPHRASE);
  await olga.picture('newcomer-2-unlock');
  await desk.page.keyboard.press('Enter');
  await olga.press('Knowledge');
  await olga.type('Find by name or key', 'NL-LAP-1004');
  await olga.sees('NL-LAP-1004');
  await olga.picture('newcomer-3-knowledge');
  await olga.press('NL-LAP-1004');
  await olga.type('New price', '16.99');
  await olga.press('Set the price');
  await olga.sees(/^Saved/);
  await olga.picture('newcomer-4-price');
  await olga.press('Send for review');
  await olga.sees('In review');
  await olga.picture('newcomer-5-review');
  await olga.press('Approve: nobody else can');
  await olga.sees('Approved');
  await olga.press('Publish now');
  await olga.sees(/Published as release/);
  await olga.picture('newcomer-6-published');

  const price = async (): Promise<number | undefined> => ((await new WorkshopPage(desk).ask('knowledge.get', { refs: [{ kind: 'product', key: 'NL-LAP-1004' }] })) as unknown as { record: { price: { amount: number } } }[])[0]?.record.price.amount;
  await expect.poll(price, { timeout: 20_000 }).toBe(1_699);
  const time = olga.time();
  info.annotations.push({ type: 'newcomer', description: JSON.stringify({ steps: olga.steps.length, ...time }) });
  process.stdout.write(`${JSON.stringify({ newcomer: { steps: olga.steps.length, ...time } })}\n`);
  expect(time.total).toBeLessThan(120);
  expect(desk.errors).toEqual([]);
  await desk.app.close();
});
