import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nkeys } from '@nats-io/transport-node';
import type { Locator, Page } from '@playwright/test';
import { serverEntry } from '#main/cli/channel-users.ts';
import { natsNames, openLink, openNats, provisionStreams, type ChangeSource } from '#main/features/channels/index.ts';
import { NATS_SERVER, startNats, type TestServer } from '#test/helpers/nats-server.ts';
import { expect, startDesk, test, type Desk } from './fixtures.ts';
import { CallPage } from './pages/call-page.ts';
import { invoke, violations } from './pages/look-page.ts';
import { WorkshopPage } from './pages/workshop-page.ts';
import { pictureOf } from './pictures.ts';

const SLOW = { timeout: 30_000 };
const PASSPHRASE = 'four quiet words here';
const URGENT = { title: 'Stop selling kettle K-200', body: 'It can burn through. Offer a refund.', choices: ['Urgent', 'once'] } as const;
const WELCOME = { title: 'Welcome to the new desk', body: 'Hello.', choices: ['Good to know', 'no'] } as const;
type Words = { title: string; body: string; choices: readonly string[] };

/** A person or machine as IT sets it up: a key file for it, and its entry on the server. */
function userOf(dir: string, name: string, role: 'admin' | 'supervisor' | 'desk') {
  const pair = nkeys.createUser();
  const file = join(dir, `${name}.nk`);
  const seed = new TextDecoder().decode(pair.getSeed());
  writeFileSync(file, `${seed}\n`, { mode: 0o600 });
  return { name, seed, file, entry: serverEntry(pair.getPublicKey(), name, role, 'callside') };
}

/** When the server took the newest release, and when the head that is told to desks after it (UTC ms, its clock is this machine's). */
async function acceptedAt(url: string, { name, seed }: ReturnType<typeof userOf>): Promise<{ accepted: number; told: number }> {
  const link = openLink({ servers: [url], seed, user: name });
  const names = natsNames('callside', name);
  const at = async ({ stream, subject }: { stream: string; subject: string }): Promise<number> => {
    const answer = await link.ask(`$JS.API.DIRECT.GET.${stream}.${subject}`, '');
    return answer.ok ? Date.parse(answer.value.headers?.get('Nats-Time-Stamp') ?? '') : Number.NaN;
  };
  const times = { accepted: await at(names.place('metadata/timestamp.json')), told: await at({ stream: names.changes, subject: names.head('shop') }) };
  await link.close();
  return times;
}

const go = (page: Page, screen: RegExp): Promise<void> => page.getByRole('navigation', { name: 'Screens' }).getByRole('button', { name: screen }).click();
/** Notes when this is first on the screen (UTC ms), without asking the page again and again. */
async function seenAt(page: Page, name: string): Promise<() => Promise<number>> {
  await page.evaluate((title) => {
    const shown = (): boolean => (document.querySelector('main')?.innerText ?? '').includes(title);
    const at = new Promise<number>((resolve) => {
      const look = (): void => {
        if (!shown()) return;
        watch.disconnect();
        requestAnimationFrame(() => resolve(Date.now()));
      };
      const watch = new MutationObserver(look);
      watch.observe(document.body, { childList: true, subtree: true, characterData: true });
      look();
    });
    Object.assign(globalThis, { seenAt: at });
  }, name);
  return () => page.evaluate(() => (globalThis as unknown as { seenAt: Promise<number> }).seenAt);
}

const knows = async (page: Page, title: string): Promise<boolean> => (await invoke<{ record: { title: string } }[]>(page, 'knowledge.list', { kinds: ['announcement'] })).some(({ record }) => record.title === title);
const bar = (page: Page, name: string): Locator => page.getByRole('progressbar', { name });

test.describe('an urgent announcement through a NATS server', () => {
  test.skip(NATS_SERVER === undefined, 'there is no nats-server here: nothing below was tried');
  const running: Desk[] = [];
  let server: TestServer | undefined;
  let anna: ChangeSource | undefined;
  test.afterEach(async () => {
    for (const desk of running.splice(0)) await desk.app.close().catch(() => undefined);
    await anna?.close();
    await server?.cleanUp();
  });

  test('reaches a desk in a call afterwards, one that was off when it is back, and a new one; receipts count up while the supervisor looks', async ({ dataDir }) => {
    const dirs = new Map(['anna', 'busy', 'away', 'fresh', 'it'].map((name) => [name, join(dataDir, name)] as const));
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
    /** Through every step of the workshop; when “Publish now” was pressed and when it said that it was done (UTC ms). */
    const publish = async ({ title, body, choices }: Words): Promise<{ pressed: number; done: number }> => {
      await shop.open();
      if (await page.getByRole('button', { name: /^Back/ }).isVisible()) await shop.press(/^Back/);
      await shop.section('Knowledge');
      await page.getByLabel('Kind', { exact: true }).first().click();
      await page.getByRole('option', { name: 'Announcement', exact: true }).click();
      await shop.press('New: Announcement');
      await page.getByRole('textbox', { name: 'Title' }).fill(title);
      for (const choice of choices) await page.getByText(choice, { exact: true }).first().click();
      await page.getByRole('textbox', { name: /^Text/ }).fill(body);
      await expect(page.getByText(/^Saved/).first()).toBeVisible();
      await shop.press('Send for review');
      await shop.press('Approve: nobody else can');
      const pressed = Date.now();
      await shop.press('Publish now');
      await shop.expectState('Published');
      return { pressed, done: Date.now() };
    };

    const fingerprint = await test.step('a supervisor sets the server up, trying each step of the way, and begins a knowledge base on it', async () => {
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
      await expect(page.getByText(/^This server holds no knowledge base yet/)).toBeVisible(SLOW);
      await pictureOf(page, 'server-empty');
      await shop.open();
      await shop.section('Keys and trust');
      await shop.press('Create a key');
      const making = page.getByRole('dialog', { name: 'Create a key' });
      await making.getByLabel('Your name, as others will see it').fill('Anna, supervisor');
      for (const field of ['Passphrase', 'Passphrase again']) await making.getByLabel(field, { exact: true }).fill(PASSPHRASE);
      await making.getByRole('button', { name: 'Create a key' }).click();
      await expect(page.getByRole('article', { name: 'Anna, supervisor' })).toContainText('Unlocked');
      await page.getByLabel('Its name, as agents will see it').fill('Shop');
      await page.getByRole('button', { name: /^Begin on/ }).click();
      const fingerprint = (await page.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){4}$/).first().textContent(SLOW)) ?? '';
      await pictureOf(page, 'server-begun');
      await publish(WELCOME);
      return fingerprint;
    });

    const policyOf = (name: 'busy' | 'away' | 'fresh'): { env: Record<string, string> } => {
      const file = join(dir('it'), `${name}.json`);
      writeFileSync(file, JSON.stringify({ callsidePolicy: 1, organisation: 'Shop', knowledge: { trustRoot: { fingerprint }, channels: [{ type: 'nats', servers: [url], user: users[name].name, nkeyFile: users[name].file }] } }));
      return { env: { CALLSIDE_POLICY: file } };
    };
    const start = async (name: 'busy' | 'away' | 'fresh'): Promise<Desk> => {
      const desk = await startDesk(dir(name), policyOf(name));
      running.push(desk);
      return desk;
    };
    const busy = await start('busy');
    const away = await start('away');
    for (const desk of [busy, away]) await expect.poll(() => knows(desk.page, WELCOME.title), SLOW).toBe(true);
    await expect.poll(async () => (await invoke<{ desks: { releases: unknown[] }[] }>(page, 'desks.list', {})).desks.filter(({ releases }) => releases.length > 0).length, SLOW).toBe(3);
    const call = new CallPage(busy.page);

    await test.step('one desk takes a call, one goes home, and the urgent announcement goes out', async () => {
      await call.press('F9');
      await call.expectState('Talking');
      await call.focusNote();
      await busy.page.keyboard.type('Kettle bought in ');
      await away.app.close();
      await publish(URGENT);
      await expect(bar(page, 'Have it')).toHaveAttribute('aria-valuetext', '1 of 3 desks', SLOW);
    });

    const fresh = await test.step('a desk that was never there before begins from the pack and has it at once', async () => {
      const desk = await start('fresh');
      await expect.poll(() => knows(desk.page, URGENT.title), SLOW).toBe(true);
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
      expect(await knows(busy.page, URGENT.title)).toBe(false);
    });

    await test.step('receipts count up while the supervisor looks: confirmed, after the call, and back from home', async () => {
      await pictureOf(fresh.page, 'urgent-between-calls');
      await fresh.page.getByRole('region', { name: 'Urgent news' }).getByRole('button', { name: 'Read it' }).click();
      await fresh.page.getByRole('article', { name: URGENT.title }).getByRole('button', { name: 'I have read it' }).click();
      await expect(bar(page, 'Acknowledged')).toHaveAttribute('aria-valuetext', '1 of 4 desks', SLOW);
      await call.press('F10');
      await call.expectState('Wrap-up');
      expect(await knows(busy.page, URGENT.title)).toBe(false);
      await busy.page.getByLabel('Outcome: number, or type to find').focus();
      await busy.page.keyboard.press('1');
      await busy.page.keyboard.press('Control+Enter');
      await expect.poll(() => knows(busy.page, URGENT.title), SLOW).toBe(true);
      await expect(bar(page, 'Have it')).toHaveAttribute('aria-valuetext', '3 of 4 desks', SLOW);
      const back = await start('away');
      await expect.poll(() => knows(back.page, URGENT.title), SLOW).toBe(true);
      await expect(bar(page, 'Have it')).toHaveAttribute('aria-valuetext', '4 of 4 desks', SLOW);
      expect(await violations(page)).toEqual([]);
      await pictureOf(page, 'reach-done');
    });

    await test.step('a desk between calls shows the next one at once', async () => {
      await go(fresh.page, /^Call/);
      const seen = await seenAt(fresh.page, 'All shops close at noon');
      const { pressed, done } = await publish({ ...URGENT, title: 'All shops close at noon' });
      const shown = await seen();
      // The server's own word for when it had the release: the head of the files is the last it takes.
      const { accepted, told } = await acceptedAt(server?.url ?? '', users.anna);
      console.log(`accepted by the server → on the screen of a desk between calls: ${shown - accepted} ms (${told - accepted} ms of it until desks were told; from “Publish now” to accepted: ${accepted - pressed} ms, to “Published” on the supervisor’s screen: ${done - pressed} ms)`);
      // Within a second on a desk of its own. Here four desks, a server and another journey share the cores, so the bound only
      // tells a push from waiting for the next look at the channel (4 s and more); the line above is the figure.
      expect(shown - accepted).toBeLessThan(3_500);
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
      expect([...said].filter((one) => one.startsWith('presence.')).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['presence.app', 'presence.at', 'presence.desk', 'presence.groups', 'presence.releases', 'presence.v']);
    });
    for (const desk of running) expect(desk.errors).toEqual([]);
  });
});
