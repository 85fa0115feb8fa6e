import { channelEvent, queueEvent, startAmiServer } from '../main/telephony/ami-server.ts';
import { ask, connectAsterisk, openHttp } from './entrances.ts';
import { expect, test } from './fixtures.ts';
import { spawnAgain } from './spawn-again.ts';

test.describe('calls by the arguments of a second start', () => {
  test('a call rings with its number, opens the script of its queue, and a repetition is the same call', async ({ desk }) => {
    await spawnAgain(desk.dataDir, ['--call', '07700900123', '--queue', 'orders', '--id', 'pbx-1']);
    await expect(desk.page.getByText('Ringing').first()).toBeVisible({ timeout: 30_000 });
    await expect(desk.page.getByText('07700900123').first()).toBeVisible();
    await expect(desk.page.getByText('Inside Order status')).toBeVisible({ timeout: 30_000 });

    await spawnAgain(desk.dataDir, ['--call', '07700900123', '--queue', 'orders', '--id', 'pbx-1']);
    await spawnAgain(desk.dataDir, ['--event', 'answer', '--id', 'pbx-1']);
    await expect(desk.page.getByText('Talking').first()).toBeVisible({ timeout: 30_000 });
    await expect(desk.page.getByText(/calls? waiting/)).toHaveCount(0);

    await spawnAgain(desk.dataDir, ['callside://call?event=hold&id=pbx-1']);
    await expect(desk.page.getByText('On hold').first()).toBeVisible({ timeout: 30_000 });
    await spawnAgain(desk.dataDir, ['--event=end', '07700900123']);
    await expect(desk.page.getByText('Wrap-up').first()).toBeVisible({ timeout: 30_000 });
    expect(desk.errors).toEqual([]);
  });

  test('garbage changes nothing', async ({ desk }) => {
    const before = desk.page.url();
    for (const args of [['callside://open?url=https://evil.example'], ['--event', 'delete', '--id', '1'], ['callside://call/../../x'], ['--call'], ['file:///etc/passwd']]) await spawnAgain(desk.dataDir, args);
    await expect(desk.page.getByText('No call').first()).toBeVisible();
    expect(desk.page.url()).toBe(before);
    expect(desk.app.windows()).toHaveLength(1);
    expect(desk.errors).toEqual([]);
  });
});

test.describe('calls by the other entrances', () => {
  test('the local entrance is closed until it is switched on; then a call rings, and a wrong token does not', async ({ desk }) => {
    await expect(fetch('http://127.0.0.1:47147/call?number=1')).rejects.toThrow();
    const address = await openHttp(desk);
    expect((await fetch(`${address.slice(0, -3)}xyz?number=0301234567`)).status).toBe(403);
    await expect(desk.page.getByText('No call').first()).toBeVisible();
    expect((await fetch(`${address}?number=0301234567&name=%3Cb%3EAnn%3C%2Fb%3E&id=web-1`)).status).toBe(200);
    // Hostile text stays text.
    await expect(desk.page.getByText('<b>Ann</b>').first()).toBeVisible({ timeout: 30_000 });
    expect((await fetch(address, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'event=answer&id=web-1' })).status).toBe(200);
    await expect(desk.page.getByText('Talking').first()).toBeVisible({ timeout: 30_000 });
    expect(desk.errors).toEqual([]);
  });

  test('a line of a transcript brings suggestions to the call, is stored nowhere, and stays behind what the agent types', async ({ desk }) => {
    const address = await openHttp(desk);
    await fetch(`${address}?event=answer&number=0301234567&id=web-2`);
    await expect(desk.page.getByText('Talking').first()).toBeVisible({ timeout: 30_000 });
    await expect(desk.page.getByRole('group', { name: 'Words that fit' })).toBeVisible({ timeout: 30_000 });
    const line = 'my husband has died last week, his card was 4111 1111 1111 1111';
    expect((await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ event: 'said', id: 'web-2', text: line }) })).status).toBe(200);
    await expect(desk.page.locator('[data-said]')).toContainText('husband has died');
    await expect(desk.page.locator('[data-said]')).not.toContainText('4111 1111 1111');
    await expect(desk.page.locator('[data-heard] [data-kind="script"]').first()).toContainText('Bereavement', { timeout: 20_000 });
    // The agent's own words count before the machine's.
    await desk.page.keyboard.press('Alt+s');
    await desk.page.keyboard.type('wants to return a jacket that is too small');
    await expect(desk.page.locator('[data-heard] [data-kind="script"]').first()).toContainText(/return/i, { timeout: 20_000 });
    const { data } = await ask(desk, 'calls.open');
    expect(JSON.stringify(data)).not.toContain('husband');
    // By the arguments of a second start as well.
    await desk.page.keyboard.press('Control+a');
    await desk.page.keyboard.press('Delete');
    await spawnAgain(desk.dataDir, ['--event', 'said', '--id', 'web-2', '--text', 'and the funeral is on friday']);
    await expect(desk.page.locator('[data-said]')).toContainText('funeral is on friday', { timeout: 30_000 });
    expect(desk.errors).toEqual([]);
  });

  test('a caller whose script was put aside rings the queue again: the way on is offered, not hidden by the script of the queue', async ({ desk }) => {
    const address = await openHttp(desk);
    const checkpoint = { trail: [{ script: 'late-delivery', step: 'empathy', frames: [], at: 1, by: 'start' }], fields: {}, said: [], owed: [], skipped: [], facts: [], missed: [], finished: false, scripts: ['late-delivery'] };
    const scriptState = { format: 'callside.paused-script', version: 1, script: 'late-delivery', title: 'Late delivery', cue: 'Own the delay', language: 'en', pausedAt: Date.now(), call: {}, checkpoint };
    const say = (event: string, id: string): Promise<Response> => fetch(`${address}?event=${event}&number=0301234567&queue=orders&id=${id}`);
    await say('answer', 'first');
    await expect(desk.page.getByText('Inside Order status')).toBeVisible({ timeout: 30_000 });
    const [first] = (await ask(desk, 'calls.open')).data as { id: string }[];
    await ask(desk, 'follow-ups.create', { kind: 'call-back', text: 'Late delivery', dueAt: Date.now() + 86_400_000, dueWords: 'tomorrow', callId: first?.id, scriptState });
    await say('end', 'first');
    await expect(desk.page.getByText('Wrap-up').first()).toBeVisible({ timeout: 30_000 });
    await desk.page.getByLabel('Outcome: number, or type to find').focus();
    await desk.page.keyboard.type('1');
    await desk.page.keyboard.press('Control+Enter');
    await expect(desk.page.getByText('No call').first()).toBeVisible({ timeout: 30_000 });

    await say('answer', 'second');
    await expect(desk.page.getByText('It goes on at')).toBeVisible({ timeout: 30_000 });
    await expect(desk.page.locator('[data-script]')).toHaveCount(0);
    await desk.page.keyboard.press('Alt+r');
    await expect(desk.page.locator('[data-script]')).toBeVisible();
    await expect(desk.page.getByText('Inside Order status')).toHaveCount(0);
    expect(desk.errors).toEqual([]);
  });

  test('Asterisk: a call of the queue is followed from ringing to its end', async ({ desk }) => {
    const server = await startAmiServer();
    await connectAsterisk(desk, server);
    const call = { linked: '1763712345.41', offer: '1763712345.42', queue: 'orders' };
    server.send(`${queueEvent('AgentCalled', { ...call, agent: 'PJSIP/102', number: '999999' })}Event: Garbage\r\nno colon here\r\n\r\n${queueEvent('AgentCalled', call)}${queueEvent('AgentCalled', call)}`);
    await expect(desk.page.getByText('Ringing').first()).toBeVisible({ timeout: 30_000 });
    await expect(desk.page.getByText('Ann Smith').first()).toBeVisible();
    await expect(desk.page.getByText(/calls? waiting/)).toHaveCount(0);
    server.send(queueEvent('AgentConnect', call));
    await expect(desk.page.getByText('Talking').first()).toBeVisible({ timeout: 30_000 });
    server.send(channelEvent('Hold', call));
    await expect(desk.page.getByText('On hold').first()).toBeVisible({ timeout: 30_000 });
    server.send(channelEvent('Unhold', call));
    await expect(desk.page.getByText('Talking').first()).toBeVisible({ timeout: 30_000 });
    server.send(queueEvent('AgentComplete', call, { Reason: 'caller' }));
    await expect(desk.page.getByText('Wrap-up').first()).toBeVisible({ timeout: 30_000 });
    await ask(desk, 'telephony.not-ready', { reason: 'lunch' });
    await server.until((actions) => actions.some((one) => one['Action'] === 'QueuePause' && one['Paused'] === 'true' && one['Reason'] === 'lunch'));
    await server.close();
    expect(desk.errors).toEqual([]);
  });
});
