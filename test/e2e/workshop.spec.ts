import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, startDesk, test, type Desk } from './fixtures.ts';
import { WorkshopPage } from './pages/workshop-page.ts';

/** A laptop of the built-in catalogue. */
const SKU = 'NL-LAP-1004';
const PASSPHRASE = 'four quiet words here';

type Key = { id: string; name: string; roles: string[]; publicKey: string; createdAt: number };

/** A desk with a key of its own. */
async function withKey(desk: Desk, name: string, roles: string[]): Promise<{ shop: WorkshopPage; card: Key }> {
  const shop = new WorkshopPage(desk);
  const { id, publicKey, createdAt } = (await shop.ask('keys.create', { name, roles, passphrase: PASSPHRASE })) as unknown as Key;
  return { shop, card: { id, name, roles, publicKey, createdAt } };
}

/** Price of a product as this desk has it, in cents. */
async function priceOf(shop: WorkshopPage, sku: string): Promise<number | undefined> {
  const [line] = (await shop.ask('knowledge.get', { refs: [{ kind: 'product', key: sku }] })) as unknown as { record: { price?: { amount: number } } }[];
  return line?.record.price?.amount;
}

test('an author changes a price and writes a script, an approver sends it back, approves and publishes; another desk has it; rollback reaches it', async ({ dataDir }) => {
  const folder = join(dataDir, 'channel');
  for (const name of ['channel', 'anna', 'ben', 'agent']) mkdirSync(join(dataDir, name));
  const [annas, bens, agents] = await Promise.all(['anna', 'ben', 'agent'].map((name) => startDesk(join(dataDir, name)))) as [Desk, Desk, Desk];
  const ben = await withKey(bens, 'Ben, team lead', ['author', 'approver', 'owner']);
  const anna = await withKey(annas, 'Anna, supervisor', ['author']);
  for (const shop of [ben.shop, anna.shop]) await shop.dialogsAnswer(folder);
  expect(await ben.shop.ask('trust.create', { kb: 'shop', title: 'Shop', key: ben.card.id })).toMatchObject({ outcome: 'done' });
  expect(await ben.shop.ask('trust.change', { people: [ben.card, anna.card], required: 2, ownersNeeded: 1 })).toMatchObject({ outcome: 'done' });
  const { base } = (await ben.shop.ask('trust.state', {})) as unknown as { base: { fingerprint: string } };
  expect(await anna.shop.ask('trust.join', { fingerprint: base.fingerprint })).toMatchObject({ outcome: 'done' });
  const agent = new WorkshopPage(agents);
  await agent.dialogsAnswer(folder);
  const added = await agent.ask('channels.add', {});
  await agent.ask('channels.check', {});
  expect(await agent.ask('channels.trust', { id: added['id'], fingerprint: base.fingerprint })).toMatchObject({ outcome: 'trusted' });

  await test.step('Anna changes a price and sends it', async () => {
    await anna.shop.open();
    await anna.shop.section('Knowledge');
    await anna.shop.picture('knowledge');
    await anna.shop.change(SKU);
    await anna.shop.setPrice('17.49');
    await anna.shop.picture('write');
    await expect(anna.shop.page.getByText(/^Saved/).first()).toBeVisible();
    await anna.shop.say('Spring sale');
    await anna.shop.press('Send for review');
    await anna.shop.expectState('In review');
  });

  await test.step('Ben sees what it changes and sends it back with a reason', async () => {
    await ben.shop.open();
    await ben.shop.section('Review');
    await expect(ben.shop.page.getByRole('grid', { name: 'Review' }).getByRole('row')).toHaveCount(2, { timeout: 30_000 });
    await ben.shop.page.getByRole('grid', { name: 'Review' }).getByRole('rowheader').first().click();
    await expect(ben.shop.page.getByRole('table', { name: 'What it changes' })).toContainText('17.49');
    await ben.shop.picture('review');
    await ben.shop.press('Send back');
    await expect(ben.shop.page.getByText('Say what should be different')).toBeVisible();
    await ben.shop.say('It is 16.99.');
    await ben.shop.press('Send back');
    await ben.shop.expectState('Draft');
    await ben.shop.press('Back');
  });

  await test.step('Anna puts it right', async () => {
    await anna.shop.expectState('Draft');
    await expect(anna.shop.page.getByRole('list', { name: 'What was said' })).toContainText('It is 16.99.');
    await anna.shop.page.getByRole('tab', { name: 'Write' }).click();
    await anna.shop.setPrice('16.99');
    await anna.shop.press('Send for review');
    await anna.shop.expectState('In review');
    await anna.shop.press('Back');
  });

  await test.step('Anna writes a script with a branch, tries it out and sends it', async () => {
    const opened = (await anna.shop.ask('authoring.open', { from: 'new', kind: 'script', record: SCRIPT })) as unknown as { draft: { id: string } };
    expect(opened.draft.id).not.toBe('');
    await anna.shop.section('Drafts');
    await anna.shop.openDraft(/Lamp flickers/);
    await anna.shop.page.getByRole('tab', { name: 'Try it out' }).click();
    await anna.shop.page.getByRole('button', { name: /Yes, a dimmer/ }).click();
    await expect(anna.shop.page.getByText('Ask for the dimmer type').first()).toBeVisible();
    await anna.shop.picture('try-out');
    await anna.shop.press('Send for review');
    await anna.shop.expectState('In review');
  });

  await test.step('Ben approves and publishes both', async () => {
    const review = ben.shop.page.getByRole('grid', { name: 'Review' });
    await expect(review.getByRole('row')).toHaveCount(3, { timeout: 40_000 });
    for (const name of [/Lamp flickers/, /Kestrin/]) {
      await ben.shop.section('Review');
      await review.getByRole('row', { name }).getByRole('rowheader').click();
      if (String(name).includes('Lamp')) await ben.shop.picture('script-review');
      await ben.shop.press('Approve');
      await ben.shop.expectState('Approved');
      await ben.shop.picture('approved');
      await ben.shop.press('Publish now');
      await ben.shop.expectState('Published');
      await ben.shop.press('Back');
    }
  });

  await test.step('the agent’s desk and Anna’s have it', async () => {
    await expect.poll(async () => { await agent.ask('channels.check', {}); return priceOf(agent, SKU); }, { timeout: 40_000 }).toBe(1_699);
    const scripts = (await agent.ask('knowledge.get', { refs: [{ kind: 'script', key: 'lamp-flickers' }] })) as unknown as { record: { steps: unknown[] } }[];
    expect(scripts[0]?.record.steps).toHaveLength(3);
    await anna.shop.expectState('Published');
  });

  await test.step('Anna wants the old state back; Ben agrees, and the agent’s desk follows', async () => {
    await anna.shop.press('Back');
    await anna.shop.section('Releases');
    const rows = anna.shop.page.getByRole('table', { name: 'Releases' }).getByRole('row');
    await expect(rows).toHaveCount(3, { timeout: 20_000 });
    await anna.shop.picture('releases');
    await rows.last().getByRole('button', { name: 'Go back to this' }).click();
    await anna.shop.page.getByRole('dialog').getByRole('button', { name: 'Go back to this' }).click();
    await expect(anna.shop.page.getByText(/sent for review/)).toBeVisible({ timeout: 20_000 });
    await ben.shop.section('Review');
    const review = ben.shop.page.getByRole('grid', { name: 'Review' });
    await review.getByRole('row', { name: /Kestrin/ }).getByRole('rowheader').click({ timeout: 40_000 });
    await ben.shop.press('Approve');
    await ben.shop.press('Publish now');
    await ben.shop.expectState('Published');
    await expect.poll(async () => { await agent.ask('channels.check', {}); return priceOf(agent, SKU); }, { timeout: 40_000 }).toBe(64_900);
  });
  for (const desk of [annas, bens, agents]) {
    expect(desk.errors).toEqual([]);
    await desk.app.close();
  }
});

const SCRIPT = {
  id: 'lamp-flickers', language: 'en', kind: 'call', title: 'Lamp flickers', description: 'The light of a lamp is not steady', entry: 'ask',
  steps: [
    { id: 'ask', cue: 'Ask about a dimmer', say: 'Is the lamp on a dimmer?', answers: [{ id: 'yes', label: 'Yes, a dimmer', to: 'dimmer' }, { id: 'no', label: 'No dimmer', to: 'swap' }] },
    { id: 'dimmer', cue: 'Ask for the dimmer type', say: 'Which dimmer is it?' },
    { id: 'swap', cue: 'Offer another lamp', say: 'We will send you another one.' },
  ],
};
