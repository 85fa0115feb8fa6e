import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nkeys } from '@nats-io/transport-node';
import type { Locator, Page } from '@playwright/test';
import { serverEntry } from '#main/cli/channel-users.ts';
import { digestOf, natsNames, openFolder, openLink, openNats, provisionStreams, type ChangeSource } from '#main/features/channels/index.ts';
import { NATS_SERVER, startNats, type TestServer } from '#test/helpers/nats-server.ts';
import { expect, startDesk, test, type Desk } from './fixtures.ts';
import { CallPage } from './pages/call-page.ts';
import { invoke, violations } from './pages/look-page.ts';
import { WorkshopPage } from './pages/workshop-page.ts';
import { pictureOf } from './pictures.ts';

const SLOW = { timeout: 30_000 };
const PASSPHRASE = 'four quiet words here';
const HEAD = 'metadata/timestamp.json';
const URGENT = { id: 'recall', title: 'Stop selling kettle K-200', body: 'It can burn through. Offer a refund.', importance: 'urgent', acknowledge: 'once' } as const;

/** A person or machine as IT sets it up: a key file for it, and its entry on the server. */
function userOf(dir: string, name: string, role: 'admin' | 'supervisor' | 'desk') {
  const pair = nkeys.createUser();
  const file = join(dir, `${name}.nk`);
  const seed = new TextDecoder().decode(pair.getSeed());
  writeFileSync(file, `${seed}\n`, { mode: 0o600 });
  return { name, seed, file, entry: serverEntry(pair.getPublicKey(), name, role, 'callside') };
}

/** Copies what a folder holds to the server, as `callside channel copy` does. */
async function carry(folder: string, to: ChangeSource): Promise<void> {
  const from = openFolder({ root: folder });
  const bytesOf = async (name: string): Promise<Uint8Array> => {
    const found = await from.read(name, 50_000_000);
    if (found.state !== 'found') throw new Error(`${name}: ${found.state}`);
    return found.bytes;
  };
  const files: { name: string; bytes: Uint8Array }[] = [];
  for (const part of ['targets', 'metadata']) {
    const listed = await from.list(part);
    for (const name of listed.state === 'listed' ? listed.names : []) if (`${part}/${name}` !== HEAD) files.push({ name: `${part}/${name}`, bytes: await bytesOf(`${part}/${name}`) });
  }
  const there = await to.read(HEAD, 50_000);
  const published = await to.publish({ files, head: { name: HEAD, bytes: await bytesOf(HEAD) }, expected: there.state === 'found' ? digestOf(there.bytes) : undefined });
  if (published.state !== 'written') throw new Error(`not carried: ${published.state}`);
}

const go = (page: Page, screen: RegExp): Promise<void> => page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: screen }).click();
const knows = async (page: Page, id: string): Promise<boolean> => (await invoke<unknown[]>(page, 'knowledge.get', { refs: [{ kind: 'announcement', key: id }] })).length > 0;
const bar = (page: Page, name: string): Locator => page.getByRole('progressbar', { name });

test.describe('an urgent announcement through a NATS server', () => {
  test.skip(NATS_SERVER === undefined, 'there is no nats-server here: nothing below was tried');
  test.setTimeout(300_000);
  const running: Desk[] = [];
  let server: TestServer | undefined;
  let anna: ChangeSource | undefined;
  test.afterEach(async () => {
    for (const desk of running.splice(0)) await desk.app.close().catch(() => undefined);
    await anna?.close();
    await server?.cleanUp();
  });

  test('reaches a desk in a call afterwards, one that was off when it is back, and a new one; receipts count up while the supervisor looks', async ({ dataDir }) => {
    const dirs = new Map(['anna', 'busy', 'away', 'fresh', 'share', 'it'].map((name) => [name, join(dataDir, name)] as const));
    const dir = (name: string): string => dirs.get(name) ?? dataDir;
    for (const one of dirs.values()) mkdirSync(one);
    const users = { admin: userOf(dir('it'), 'admin', 'admin'), anna: userOf(dir('it'), 'anna', 'supervisor'), busy: userOf(dir('it'), 'desk-1', 'desk'), away: userOf(dir('it'), 'desk-2', 'desk'), fresh: userOf(dir('it'), 'desk-3', 'desk') };
    server = await startNats(`accounts { K { jetstream: enabled, users: [ ${Object.values(users).map(({ entry }) => entry).join('\n')} ] } }`);
    const { url } = server;
    const admin = openLink({ servers: [url], seed: users.admin.seed, user: 'admin' });
    expect((await provisionStreams(admin, natsNames('callside', 'admin'))).map(({ state }) => state)).toEqual(['made', 'made', 'made']);
    await admin.close();
    anna = openNats({ servers: [url], seed: users.anna.seed, user: 'anna' });

    const supervisor = await startDesk(dir('anna'));
    running.push(supervisor);
    const shop = new WorkshopPage(supervisor);
    const { page } = supervisor;
    const publish = async (record: object, title: string): Promise<void> => {
      await shop.ask('authoring.open', { from: 'new', kind: 'announcement', record });
      await shop.open();
      if (await page.getByRole('button', { name: /^Back/ }).isVisible()) await shop.press(/^Back/);
      await shop.section('Drafts');
      await shop.openDraft(title);
      await shop.press('Send for review');
      await shop.press('Approve: nobody else can');
      await shop.press('Publish now');
      await shop.expectState('Published');
    };

    const fingerprint = await test.step('a supervisor begins a knowledge base and sets the server up, trying each step of the way', async () => {
      const key = await shop.ask('keys.create', { name: 'Anna, supervisor', roles: ['author', 'approver', 'owner'], passphrase: PASSPHRASE });
      await shop.dialogsAnswer(dir('share'));
      expect(await shop.ask('trust.create', { kb: 'shop', title: 'Shop', key: key['id'] })).toMatchObject({ outcome: 'done' });
      await publish({ id: 'welcome', title: 'Welcome to the new desk', body: 'Hello.', importance: 'info', acknowledge: 'no' }, 'Welcome to the new desk');
      await carry(dir('share'), anna as ChangeSource);
      await go(page, /^Settings/);
      await page.getByRole('tab', { name: 'Channels' }).click();
      await page.getByRole('button', { name: 'Add a server' }).click();
      const dialog = page.getByRole('dialog', { name: 'Add a server' });
      await dialog.getByRole('textbox', { name: 'Address of the server' }).fill(url);
      await dialog.getByRole('button', { name: 'Try it' }).click();
      await expect(dialog.getByText('The server does not know this key.')).toBeVisible(SLOW);
      await shop.dialogsAnswer(users.anna.file);
      await dialog.getByRole('button', { name: 'Choose the key file' }).click();
      await expect(dialog.getByRole('textbox', { name: 'User' })).toHaveValue('anna');
      await dialog.getByRole('button', { name: 'Try it' }).click();
      await expect(dialog.getByText('Everything works: this desk can read and write its receipt.')).toBeVisible(SLOW);
      await expect(dialog.getByText('The connection is not encrypted.')).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await pictureOf(page, 'server-dialog');
      await dialog.getByRole('button', { name: 'Add a server' }).click();
      const { base } = (await shop.ask('trust.state', {})) as unknown as { base: { fingerprint: string } };
      await page.getByRole('textbox', { name: 'Fingerprint' }).fill(base.fingerprint, SLOW);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('group').filter({ hasText: url }).or(page.getByRole('article').filter({ hasText: url })).getByText('The newest release is in use.').first()).toBeVisible(SLOW);
      await pictureOf(page, 'server-channel');
      return base.fingerprint;
    });
    expect(fingerprint).not.toBe('');

    const sha256 = createHash('sha256').update(readFileSync(join(dir('share'), 'metadata', '1.root.json'))).digest('hex');
    const policyOf = (name: 'busy' | 'away' | 'fresh'): { env: Record<string, string> } => {
      const file = join(dir('it'), `${name}.json`);
      writeFileSync(file, JSON.stringify({ callsidePolicy: 1, organisation: 'Shop', knowledge: { trustRoot: { sha256 }, channels: [{ type: 'nats', servers: [url], user: users[name].name, nkeyFile: users[name].file }] } }));
      return { env: { CALLSIDE_POLICY: file } };
    };
    const start = async (name: 'busy' | 'away' | 'fresh'): Promise<Desk> => {
      const desk = await startDesk(dir(name), policyOf(name));
      running.push(desk);
      return desk;
    };
    const busy = await start('busy');
    const away = await start('away');
    for (const desk of [busy, away]) await expect.poll(() => knows(desk.page, 'welcome'), SLOW).toBe(true);
    await expect.poll(async () => (await invoke<{ desks: { releases: unknown[] }[] }>(page, 'desks.list', {})).desks.filter(({ releases }) => releases.length > 0).length, SLOW).toBe(3);
    const call = new CallPage(busy.page);

    await test.step('one desk takes a call, one goes home, and the urgent announcement goes out', async () => {
      await call.press('F9');
      await call.expectState('Talking');
      await call.focusNote();
      await busy.page.keyboard.type('Kettle bought in ');
      await away.app.close();
      await publish(URGENT, URGENT.title);
      await expect(bar(page, 'Have it')).toHaveAttribute('aria-valuetext', /^[01] of 3 desks$/, SLOW);
      await carry(dir('share'), anna as ChangeSource);
    });

    const fresh = await test.step('a desk that was never there before begins from the pack and has it at once', async () => {
      const desk = await start('fresh');
      await expect.poll(() => knows(desk.page, URGENT.id), SLOW).toBe(true);
      await expect(bar(page, 'Have it')).toHaveAttribute('aria-valuetext', '2 of 4 desks', SLOW);
      await expect(bar(page, 'Acknowledged')).toHaveAttribute('aria-valuetext', '0 of 4 desks');
      await pictureOf(page, 'reach-begins');
      return desk;
    });

    await test.step('the call goes on as if nothing had come', async () => {
      await busy.page.keyboard.type('March, burns through.');
      await expect(call.note).toBeFocused();
      await expect(call.note).toHaveValue('Kettle bought in March, burns through.');
      await call.expectState('Talking');
      expect(await knows(busy.page, URGENT.id)).toBe(false);
    });

    await test.step('receipts count up while the supervisor looks: confirmed, after the call, and back from home', async () => {
      await go(fresh.page, /^What’s new/);
      await fresh.page.getByRole('article', { name: URGENT.title }).getByRole('button', { name: 'I have read it' }).click();
      await expect(bar(page, 'Acknowledged')).toHaveAttribute('aria-valuetext', '1 of 4 desks', SLOW);
      await call.press('F10');
      await call.expectState('Wrap-up');
      expect(await knows(busy.page, URGENT.id)).toBe(false);
      await busy.page.getByLabel('Outcome: number, or type to find').focus();
      await busy.page.keyboard.press('1');
      await busy.page.keyboard.press('Control+Enter');
      await expect.poll(() => knows(busy.page, URGENT.id), SLOW).toBe(true);
      await expect(bar(page, 'Have it')).toHaveAttribute('aria-valuetext', '3 of 4 desks', SLOW);
      const back = await start('away');
      await expect.poll(() => knows(back.page, URGENT.id), SLOW).toBe(true);
      await expect(bar(page, 'Have it')).toHaveAttribute('aria-valuetext', '4 of 4 desks', SLOW);
      expect(await violations(page)).toEqual([]);
      await pictureOf(page, 'reach-done');
    });

    await test.step('a desk between calls shows the next one at once', async () => {
      await publish({ ...URGENT, id: 'shops-closed', title: 'All shops close at noon' }, 'All shops close at noon');
      const begun = Date.now();
      await carry(dir('share'), anna as ChangeSource);
      await expect(fresh.page.getByRole('article', { name: 'All shops close at noon' })).toBeVisible(SLOW);
      console.log(`publish → on the screen of a desk between calls: ${Date.now() - begun} ms`);
    });

    await test.step('every desk in one list, and nothing about anybody in it', async () => {
      await shop.press(/^Back/);
      await shop.section('Desks');
      const desks = page.getByRole('grid', { name: 'Desks' });
      await expect(desks.getByRole('rowheader')).toHaveCount(4, SLOW);
      await expect(desks.getByText('Newest release')).toHaveCount(4, SLOW);
      await expect(page.getByText(/4 of 4 desks shown · 4 there now · 0 behind/)).toBeVisible(SLOW);
      expect(await violations(page)).toEqual([]);
      await pictureOf(page, 'desks');
      const said = new Set<string>();
      await anna?.desks?.all(({ name, bytes }) => {
        const [kind] = name.split('/');
        for (const member of Object.keys(JSON.parse(Buffer.from(bytes).toString('utf8')) as object)) said.add(`${kind ?? ''}.${member}`);
      });
      expect([...said].filter((one) => one.startsWith('presence.')).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['presence.app', 'presence.at', 'presence.desk', 'presence.releases', 'presence.v']);
    });
    for (const desk of running) expect(desk.errors).toEqual([]);
  });
});
