import { channelEvent, queueEvent, startAmiServer } from '../main/telephony/ami-server.ts';
import { ask, connectAsterisk, openHttp, recordedNumbers } from './entrances.ts';
import { expect, test } from './fixtures.ts';
import { ShiftPage } from './pages/shift-page.ts';
import { spawnAgain } from './spawn-again.ts';


test('a morning at the retail desk: softphone, links and web form bring the calls; what was promised is called back', async ({ desk }) => {
  const { page, dataDir } = desk;
  const agent = new ShiftPage(desk);
  const due = page.getByRole('complementary', { name: 'Promised, and due now' });
  let paused = '';
  const phone = (...args: string[]): Promise<number | null> => spawnAgain(dataDir, args);

  await test.step('a softphone starts the program: order status, put aside until a call-back', async () => {
    await phone('--call', '07700900123', '--name', 'Ann Smith', '--queue', 'orders', '--id', 'r-1');
    await agent.rings('Ann Smith');
    await agent.scriptIs('Order status');
    await phone('--call', '07700900123', '--queue', 'orders', '--id', 'r-1');
    await phone('--event', 'answer', '--id', 'r-1');
    await agent.expectState('Talking');
    await expect(page.getByText(/calls? waiting/)).toHaveCount(0);
    await agent.answerOrNext();
    await agent.notes('Parcel is late. Wanted to pay with 4111 1111 1111 1111, told her to use the link. ');
    await expect(agent.note).toHaveValue(/4111 11\*\* \*\*\*\* 1111/);
    paused = await agent.currentStep();
    await agent.press('Alt+p');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.type('in 10 min');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toBeHidden();
    await phone('--event=end', '--id=r-1');
    await agent.expectState('Wrap-up');
    await agent.outcome('callback promised');
    await agent.finishes();
    // Due soon enough to be said at the gap; the next call sends it away.
    await expect(due).toContainText('Ann Smith');
  });

  await test.step('links of a web telephone: a disputed bill, with everything its outcome asks for', async () => {
    await phone('callside://call?event=ring&id=r-2&number=%2B442079460000&name=Ben%20Brown&queue=billing');
    await agent.rings('Ben Brown');
    await expect(due).toBeHidden();
    await agent.scriptIs('Explain a bill');
    await agent.press('F9');
    await agent.expectState('Talking');
    for (const garbage of ['callside://open?url=https://evil.example', 'callside://call/../../x', 'file:///etc/passwd']) await phone(garbage);
    await phone('callside://call?event=hold&id=r-2');
    await agent.expectState('On hold');
    await agent.press('F8');
    await agent.expectState('Talking');
    await agent.notes('Charged twice for the kettle.');
    await phone('callside://call?event=end&id=r-2');
    await agent.expectState('Wrap-up');
    await agent.outcome('charge disputed');
    await agent.press('Control+Enter');
    await expect(page.getByText('This outcome needs a follow-up with a time.')).toBeVisible();
    await expect(page.getByText('This outcome needs the complaint filled in.')).toBeVisible();
    await agent.promises('Answer on the second charge', 'Friday 14:00');
    await page.getByLabel('About', { exact: true }).focus();
    await page.keyboard.type('Charged twice');
    await page.keyboard.press('Tab');
    await page.keyboard.type('An answer by Friday');
    await expect(page.getByLabel('Summary of this call')).toHaveValue(/Charged twice; promised An answer by Friday/);
    await agent.finishes();
  });

  await test.step('the local entrance: a second caller rings meanwhile, and rubbish is refused', async () => {
    const address = await openHttp(desk);
    await fetch(`${address}?event=ring&id=r-3&number=02079460001&name=Cora%20Day&queue=complaints`);
    await agent.rings('Cora Day');
    await agent.scriptIs('Complaint, the LAST way');
    await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ event: 'answer', id: 'r-3' }) });
    await agent.expectState('Talking');
    expect((await fetch(`${address.slice(0, -3)}xyz?number=1`)).status).toBe(403);
    expect((await fetch(`${address}?event=explode&id=r-3`)).status).toBe(400);
    await fetch(`${address}?event=ring&id=r-4&number=02079460002`);
    await expect(page.getByText('1 call waiting')).toBeVisible();
    await agent.notes('Wrong colour, will keep it for 10 off.');
    await fetch(address, { method: 'POST', body: 'event=end&id=r-4', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    await expect(page.getByText('1 call waiting')).toBeHidden();
    await agent.expectState('Talking');
    // To a colleague, who is asked first while the caller waits.
    await agent.press('F5');
    await expect(page.getByLabel('To whom')).toBeFocused();
    await page.keyboard.type('Complaints team');
    await page.getByRole('button', { name: 'Ask first, caller waits' }).press('Enter');
    await agent.expectState('On hold');
    await agent.press('F5');
    await expect(page.getByLabel('To whom')).toHaveValue('Complaints team');
    await page.keyboard.press('Enter');
    await agent.expectState('Wrap-up');
    await fetch(`${address}?event=end&id=r-3`);
    await expect(page.getByLabel('Summary of this call')).toHaveValue(/Transferred to Complaints team/);
    await agent.outcome('transferred to another');
    await agent.finishes();
  });

  await test.step('the call-back: linked, and the script goes on where it was put aside', async () => {
    await expect(due).toContainText('Ann Smith');
    await agent.press('Alt+a');
    await agent.expectState('Talking');
    await expect(agent.bar.getByText('1 earlier call')).toBeVisible();
    const before = page.getByRole('region', { name: 'From before' });
    await expect(before).toContainText('1 open promise');
    await expect(before).toContainText('Callback promised');
    await agent.press('Alt+a');
    await expect(before).toContainText('Parcel is late');
    await agent.press('Alt+a');
    await agent.scriptIs('Order status');
    await expect.poll(() => agent.currentStep()).toBe(paused);
    await desk.app.evaluate(({ shell }) => {
      const opened: string[] = [];
      Object.assign(globalThis, { opened });
      shell.openExternal = async (address) => void opened.push(address);
    });
    await agent.press('F3');
    await expect.poll(() => desk.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)).toEqual(['tel:07700900123']);
    await agent.notes('It arrived while we talked.');
    await agent.press('F10');
    await agent.expectState('Wrap-up');
    await agent.outcome('status given');
    await expect(page.getByRole('checkbox', { name: /^Call back/ })).toBeChecked();
    await agent.finishes();
    await expect(due).toBeHidden();
  });

  await test.step('the end of the morning: everything is in the history', async () => {
    await agent.openScreen('History');
    // Dates as this country writes them, in the fields of the system too.
    expect(await page.evaluate(() => navigator.language)).toBe('en-GB');
    await page.getByLabel('Find in your calls').focus();
    await page.keyboard.type('kettle');
    await expect(page.getByRole('main').getByText('Ben Brown')).toBeVisible();
    await expect(page.getByRole('main').getByText('Cora Day')).toBeHidden();
    const { data } = await ask(desk, 'calls.day', { from: 0, to: Date.now() });
    expect(data).toMatchObject({ calls: 4, missed: 1 });
    expect([...(await recordedNumbers(desk))].length).toBe(4);
  });
  expect(desk.errors).toEqual([]);
});

test('an afternoon at the telecom desk: Asterisk brings the calls, the queue goes wild in the middle of one', async ({ desk }) => {
  const { page } = desk;
  const agent = new ShiftPage(desk);
  const server = await startAmiServer();
  await ask(desk, 'settings.update', { sector: 'telecom' });
  await connectAsterisk(desk, server);

  await test.step('a fault, fixed on the line', async () => {
    const call = { linked: '1763712345.41', offer: '1763712345.42', queue: 'technical', number: '02079460100', name: 'Dora Green' };
    server.send(`${queueEvent('AgentCalled', { ...call, agent: 'PJSIP/102', number: '999999' })}Event: Garbage\r\nno colon here\r\n\r\n${queueEvent('AgentCalled', call)}${queueEvent('AgentCalled', call)}`);
    await agent.rings('Dora Green');
    await agent.scriptIs('Technical fault, first line');
    server.send(queueEvent('AgentConnect', call));
    await agent.expectState('Talking');
    await agent.notes('No light on the router, plug was out.');
    server.send(channelEvent('Hold', call));
    await agent.expectState('On hold');
    server.send(channelEvent('Unhold', call));
    await agent.expectState('Talking');
    server.send(queueEvent('AgentComplete', call, { Reason: 'caller' }));
    await agent.expectState('Wrap-up');
    await agent.outcome('fixed in the call');
    await agent.finishes();
  });

  const live = { linked: '1763712399.1', offer: '1763712399.2', queue: 'technical', number: '02079460101', name: 'Ed Hill' };
  await test.step('a storm of 1,000 events a second for 5 s: no call is lost, every word stays, the window answers', async () => {
    server.send(queueEvent('AgentCalled', live) + queueEvent('AgentConnect', live));
    await agent.expectState('Talking');
    await agent.focusNote();
    await page.evaluate(() => {
      const gaps = { worst: 0, last: performance.now() };
      Object.assign(globalThis, { gaps });
      setInterval(() => {
        const now = performance.now();
        gaps.worst = Math.max(gaps.worst, now - gaps.last);
        gaps.last = now;
      }, 10);
    });
    const CALLS = 250;
    const started = Date.now();
    let sent = 0;
    let typed = '';
    // A queue that offers each call again and again, as a broken one does; the call in hand flutters with it.
    const storm = (async () => {
      for (let slice = 0; slice < 50; slice += 1) {
        for (let step = 0; step < 20; step += 1) for (let index = slice * 5; index < slice * 5 + 5; index += 1) {
          const call = { linked: `1764.${index}`, offer: `1765.${index}`, queue: 'technical', number: `0770090${String(index).padStart(4, '0')}`, name: `Caller ${index}` };
          const own = step === 7 && index % 5 === 0;
          server.send(own ? queueEvent('AgentConnect', live) : queueEvent(step < 10 ? 'AgentCalled' : 'AgentRingNoAnswer', call));
          sent += 1;
        }
        await new Promise((done) => setTimeout(done, Math.max(0, started + (slice + 1) * 100 - Date.now())));
      }
    })();
    const words = 'router drops every evening at eight, it is two years old, ';
    while (Date.now() < started + 5_000) {
      const letter = words[typed.length % words.length] ?? ' ';
      await page.keyboard.type(letter);
      typed += letter;
      await page.waitForTimeout(60);
    }
    await storm;
    expect(sent).toBe(5_000);
    await expect.poll(async () => (await recordedNumbers(desk)).size, { timeout: 120_000, intervals: [1_000] }).toBe(CALLS + 2);
    await agent.expectState('Talking');
    await expect(agent.note).toHaveValue(typed);
    await agent.expectSaved();
    const { worst } = await page.evaluate(() => (globalThis as unknown as { gaps: { worst: number } }).gaps);
    console.log(JSON.stringify({ storm: { sent, calls: CALLS, typed: typed.length, worstGapMs: Math.round(worst) } }));
    expect(worst).toBeLessThan(5_000);
  });

  await test.step('the call goes on as if nothing had been: an engineer is booked', async () => {
    server.send(queueEvent('AgentComplete', live, { Reason: 'agent' }));
    await agent.expectState('Wrap-up');
    await agent.outcome('engineer visit');
    await agent.promises('Confirm the visit with Ed Hill', 'tomorrow 10');
    await agent.finishes();
  });

  await test.step('a number of the house has its own script on this desk, set on the page of the telephone', async () => {
    await agent.openScreen('Settings');
    await page.getByRole('tab', { name: 'Telephone' }).click();
    const routes = page.getByRole('region', { name: 'Script by queue or number' });
    await routes.getByLabel('Queue or dialled number').fill('600');
    await routes.getByLabel('Script', { exact: true }).click();
    await page.keyboard.type('Outage');
    await page.getByRole('option', { name: 'Outage' }).first().click();
    await routes.getByRole('button', { name: 'Add' }).click();
    await expect(routes.getByRole('button', { name: 'Remove 600' })).toBeVisible();
    await agent.openScreen('Call');
    const call = { linked: '1763712500.1', offer: '1763712500.2', queue: 'nobody-named-this', number: '02079460102', name: 'Flo Iris' };
    server.send(queueEvent('AgentCalled', call) + queueEvent('AgentConnect', call));
    await agent.expectState('Talking');
    await agent.scriptIs('Outage');
    server.send(channelEvent('Hangup', call, { caller: true }));
    await agent.expectState('Wrap-up');
    await agent.outcome('known outage');
    await agent.finishes();
  });

  await test.step('lunch: the queues are told', async () => {
    await agent.press('F12');
    await page.getByRole('menuitem', { name: 'Meal break' }).press('Enter');
    await expect(agent.bar.getByText('Meal break')).toBeVisible();
    await server.until((actions) => actions.some((one) => one['Action'] === 'QueuePause' && one['Paused'] === 'true' && one['Reason'] === 'lunch'));
    await agent.press('F12');
    await page.getByRole('menuitem', { name: 'Ready for calls' }).press('Enter');
    await server.until((actions) => actions.some((one) => one['Action'] === 'QueuePause' && one['Paused'] === 'false'));
    await expect(agent.bar.getByText('Ready', { exact: true })).toBeVisible();
  });

  await test.step('the end of the afternoon', async () => {
    await agent.openScreen('History');
    await page.getByLabel('Find in your calls').focus();
    await page.keyboard.type('router');
    for (const who of ['Dora Green', 'Ed Hill']) await expect(page.getByRole('main').getByText(who)).toBeVisible();
    expect((await ask(desk, 'calls.day', { from: 0, to: Date.now() })).data).toMatchObject({ calls: 3, missed: 250 });
  });
  await server.close();
  expect(desk.errors).toEqual([]);
});
