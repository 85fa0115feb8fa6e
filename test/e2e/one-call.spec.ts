import { expect, killDesk, startDesk, test } from './fixtures.ts';
import { CallPage } from './pages/call-page.ts';

test('one call: from ringing to a clean desk, by keyboard alone', async ({ desk }) => {
  const call = new CallPage(desk.page);
  await call.press('F9');
  await call.expectState('Talking');

  await call.openScript('late or missing');
  await expect(call.script).toContainText('late', { ignoreCase: true });
  const firstStep = await call.currentStep();
  await call.answerOrNext();
  await expect.poll(() => call.currentStep()).not.toBe(firstStep);
  await call.press('Alt+ArrowLeft');
  await expect.poll(() => call.currentStep()).toBe(firstStep);

  await call.focusNote();
  await desk.page.keyboard.type('Parcel is late, caller needs it by Friday.');
  await call.expectSaved();

  await call.search('washng machne');
  await desk.page.keyboard.press('Enter');
  await expect(call.card).toContainText('£');
  await expect(call.note).toBeFocused();
  await call.press('Escape');

  await call.press('F6');
  await desk.page.keyboard.press('a');
  await expect(call.words.getByRole('heading', { name: 'Angry' })).toBeVisible();
  const said = await call.offer(1);
  await desk.page.keyboard.press('1');
  await expect(call.words).toContainText(said);

  await call.press('F8');
  await call.expectState('On hold');
  await call.press('F8');
  await call.expectState('Talking');

  await call.press('F10');
  await call.expectState('Wrap-up');
  await expect(desk.page.getByLabel('Summary of this call')).toHaveValue(/Parcel is late/);

  await desk.page.getByLabel('What is to be done').focus();
  await desk.page.keyboard.type('Tell the caller the new date');
  await desk.page.keyboard.press('Tab');
  await desk.page.keyboard.type('tomorrow 10');
  await desk.page.keyboard.press('Enter');
  await expect(desk.page.getByText('Call back: Tell the caller the new date, due')).toBeVisible();

  await desk.page.getByLabel('Outcome: number, or type to find').focus();
  await desk.page.keyboard.type('1');
  await desk.page.keyboard.press('Control+Enter');
  await call.expectState('No call');

  await call.press('F9');
  await call.expectState('Talking');
  await expect(call.note).toHaveValue('');
  await call.press('F10');
  await desk.page.getByLabel('Outcome: number, or type to find').focus();
  await desk.page.keyboard.type('status given');
  await desk.page.keyboard.press('Enter');
  await desk.page.keyboard.press('Control+Enter');
  await call.expectState('No call');

  await call.openScreen('History');
  await expect(desk.page.getByRole('main').getByText(/Parcel is late/).first()).toBeVisible();
  await call.openScreen('Follow-ups');
  await expect(desk.page.getByText('Tell the caller the new date')).toBeVisible();
  expect(desk.errors).toEqual([]);
});

test('killed in mid-call: the call is offered again with every acknowledged word', async ({ dataDir }) => {
  test.setTimeout(600_000);
  const KILLS = Number(process.env['CALLSIDE_KILLS'] ?? 20);
  let desk = await startDesk(dataDir);
  let call = new CallPage(desk.page);
  await call.press('F9');
  await call.expectState('Talking');
  let written = '';
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await call.focusNote();
    await desk.page.keyboard.press('Control+End');
    const words = `words before kill ${kill}. `;
    await desk.page.keyboard.type(words);
    written += words;
    await call.expectSaved();
    // Typing goes on past the acknowledged part: those words may be lost, the others may not.
    await desk.page.keyboard.type('half a wo');
    await killDesk(desk);
    desk = await startDesk(dataDir);
    call = new CallPage(desk.page);
    await call.expectState('Talking');
    await expect(desk.page.getByText('This call was open when Callside stopped')).toBeVisible();
    const kept = await call.note.inputValue();
    expect(kept.startsWith(written), `after kill ${kill}: ${kept.slice(-80)}`).toBe(true);
    written = kept;
  }
  await desk.app.close();
});
