import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { CallPage } from '../pages/call-page.ts';
import { ImportPage } from '../pages/import-page.ts';
import { invoke } from '../pages/look-page.ts';
import { shoot } from './shoot.ts';

test('guidance in a call: anger, a death, the limit, a switch, an offer to go on; scripts by file; what was learned', async ({ desk, dataDir }) => {
  test.setTimeout(900_000);
  const { page } = desk;
  const call = new CallPage(page);
  const close = async (): Promise<void> => {
    await call.focusNote();
    await page.keyboard.type('Noted.');
    await call.press('F10');
    await page.getByLabel('Outcome: number, or type to find').focus();
    await page.keyboard.type('1');
    await page.keyboard.press('Control+Enter');
    await call.expectState('No call');
  };
  await invoke(page, 'settings.update', { agentName: 'Sam', company: 'Northlight' });
  await page.getByLabel('Find a script').waitFor();

  const begin = async (name: string, number: string): Promise<string> => {
    const { call: begun } = await invoke<{ call: { id: string } }>(page, 'calls.start', { direction: 'in', ringing: false, number, name });
    await call.expectState('Talking');
    return begun.id;
  };
  await begin('Denise Farrow', '07700 900111');
  await call.openScript('angry caller');
  await call.focusNote();
  await page.keyboard.type('Sofa late for the second time, took a day off for it.');
  await call.press('F6');
  await page.keyboard.press('a');
  await shoot(desk, '40-angry-by-carp');
  await call.openScript('late delivery');
  await call.press('F6');
  await shoot(desk, '41-script-switched');
  await close();

  await begin('Ruth Osei', '07700 900112');
  await call.openScript('bereavement');
  await call.press('F6');
  await page.keyboard.press('g');
  await shoot(desk, '42-bereavement');
  await close();

  await begin('Unknown', '07700 900113');
  await call.press('F6');
  await page.keyboard.press('x');
  await page.keyboard.press('3');
  await shoot(desk, '43-the-limit');
  await close();

  const earlier = await begin('Ada Okafor', '07700 900114');
  const checkpoint = { trail: [{ script: 'late-delivery', step: 'empathy', frames: [], at: 1, by: 'start' }], fields: {}, said: [], owed: [], skipped: [], facts: [], missed: [], finished: false, scripts: ['late-delivery'] };
  await invoke(page, 'follow-ups.create', { kind: 'call-back', text: 'Tell her the new date', dueAt: Date.now() + 3_600_000, dueWords: 'in an hour', callId: earlier, name: 'Ada Okafor', scriptState: { format: 'callside.paused-script', version: 1, script: 'late-delivery', title: 'Late delivery', cue: 'Own the delay', language: 'en', pausedAt: Date.now(), call: {}, checkpoint } });
  await close();
  await begin('Ada Okafor', '07700 900114');
  await expect(page.getByText('It goes on at')).toBeVisible();
  await call.press('Alt+s');
  await page.keyboard.type('the parcel is late again');
  await expect(page.locator('[data-heard] [data-kind]').first()).toBeVisible({ timeout: 20_000 });
  await shoot(desk, '44-offer-to-go-on');
  await call.press('Control+k');
  await shoot(desk, '45-palette-with-promises');
  await call.press('Escape');
  await call.press('F1');
  await shoot(desk, '46-all-keys');
  await call.press('Escape');

  const file = join(dataDir, 'scripts.ndjson');
  const script = (id: string, title: string, steps: unknown[]): string => JSON.stringify({ id, kind: 'call', title, description: 'For callers who rent kayaks by the day.', entry: 'a', steps });
  writeFileSync(file, [
    script('kayak-rental', 'Kayak rental', [{ id: 'a', cue: 'Ask for the lake and the day', answers: [{ id: 'y', label: 'Lake Elm', to: 'b' }] }, { id: 'b', cue: 'Say the price' }]),
    script('kayak-lost', 'Kayak lost', [{ id: 'a', cue: 'Ask where it was last seen and by whom and when and why', next: 'b' }, { id: 'b', cue: 'Close' }, { id: 'c', cue: 'Nobody comes here' }]),
    script('kayak-broken', 'Kayak broken', [{ id: 'a', cue: 'Ask what broke', next: 'nowhere' }]),
  ].join('\n'));
  const imports = new ImportPage(desk);
  await imports.dialogsAnswer({ file });
  await imports.open();
  await page.getByRole('tab', { name: 'Import scripts' }).click();
  await imports.press('Choose a file of scripts');
  await page.getByRole('table', { name: 'Scripts in the file' }).waitFor();
  await shoot(desk, '47-scripts-by-file');

  await call.openScreen('Settings');
  await page.getByRole('tab', { name: 'Learned and own words' }).click();
  await page.getByRole('heading', { name: 'What suggestions have learned' }).waitFor();
  await shoot(desk, '48-learned');
});
