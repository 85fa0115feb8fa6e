import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, startDesk, test } from '../fixtures.ts';
import { CallPage } from '../pages/call-page.ts';
import { ImportPage } from '../pages/import-page.ts';
import { dress, invoke } from '../pages/look-page.ts';
import { seedMonth } from '../seed-month.ts';
import { OUT, shoot, THEMES } from './shoot.ts';

test('a catalogue about to be imported, a practice, a hard call, the strip', async ({ desk, dataDir }) => {
  test.setTimeout(600_000);
  const { page } = desk;
  await invoke(page, 'settings.update', { agentName: 'Sam', company: 'Northlight' });
  await page.getByLabel('Find a script').waitFor();

  const file = join(dataDir, 'autumn-prices.csv');
  const rows = ['QX-100,Florentina stand mixer 800 W,Morelva,4006381333931,Kitchen > Mixers,299.00,In stock', 'QX-101,Florentina kettle 1.7 l,Morelva,4006381333948,Kitchen > Kettles,49.90,3 days', 'QX-102,,Morelva,,Kitchen > Kettles,19.90,', 'QX-104,Pico hand blender,Morelva,,Kitchen > Mixers,on request,', 'QX-106,Zampetta bread maker,Morelva,,Kitchen > Baking,119.00,In stock'];
  writeFileSync(file, `sku,name,brand,ean,category,price,stock\n${rows.join('\n')}\n`);
  const imports = new ImportPage(desk);
  await imports.dialogsAnswer({ file });
  await imports.open();
  await imports.press('Choose a catalogue file');
  await expect(imports.preview).toContainText('Florentina stand mixer');
  await shoot(desk, '20-import-preview');

  const call = new CallPage(page);
  await call.openScreen('Practise');
  await page.getByRole('group', { name: 'Callers' }).getByRole('button').filter({ hasText: 'Denise Farrow' }).focus();
  await page.keyboard.press('Enter');
  await shoot(desk, '21-practise-caller');
  await page.getByRole('button', { name: 'Pick up' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Notes of what was said' }).waitFor();
  await shoot(desk, '22-practise-talk');

  await call.openScreen('Call');
  await call.press('F2');
  await page.getByRole('heading', { name: 'Hard call' }).waitFor();
  await shoot(desk, '23-hard-call');
  await call.press('Escape');

  await invoke(page, 'calls.start', { direction: 'in', ringing: false, number: '07700 900123', name: 'Ada Okafor', queue: 'billing' });
  const opened = desk.app.waitForEvent('window', { timeout: 60_000 });
  await invoke(page, 'settings.update', { strip: { shown: true, edge: 'top' } });
  const strip = await opened;
  await strip.getByText('Talking').waitFor({ timeout: 60_000 });
  for (const theme of THEMES) {
    await dress(page, { theme });
    await strip.waitForTimeout(400);
    await strip.screenshot({ path: join(OUT, `24-strip-${theme}.png`) });
  }
});

test('a month of My day', async ({ dataDir }) => {
  test.setTimeout(600_000);
  const first = await startDesk(dataDir);
  await first.app.close();
  await seedMonth(dataDir, 'A caller said thank you');
  const desk = await startDesk(dataDir);
  await new CallPage(desk.page).openScreen('My day');
  for (const tab of ['Today', 'Week', 'Month', 'Wins', 'Rules and data']) {
    await desk.page.getByRole('tab', { name: tab }).click();
    await desk.page.waitForTimeout(500);
    await shoot(desk, `30-my-day-${tab.toLowerCase().replaceAll(' ', '-')}`);
  }
  await desk.app.close();
});

test('a promise that is due, a template, a wrap-up that asks for more, the settings of it', async ({ desk }) => {
  test.setTimeout(600_000);
  const { page } = desk;
  const call = new CallPage(page);
  const about = { direction: 'in', ringing: false, number: '02079460000', name: 'Ben Brown', queue: 'billing' };
  const templates = [
    { id: 't1', title: 'Identity checked', text: '{caller} confirmed postcode and order number. Calls about [what].' },
    { id: 't2', title: 'Escalated', text: 'Passed to [team] at {time}, caller told to expect [when].' },
  ];
  await invoke(page, 'settings.update', { agentName: 'Sam', company: 'Northlight', noteTemplates: templates, wrapUp: { copyAs: 'own', ownForm: 'Call – {{disposition}}\n{{summary}}', closesAfter: 120 } });
  await invoke(page, 'calls.start', { ...about, id: 'shot-1' });
  await call.expectState('Talking');
  await call.focusNote();
  await page.keyboard.type('Charged twice for the kettle. ');
  await page.keyboard.press('Alt+j');
  await page.getByRole('dialog').waitFor();
  await shoot(desk, '40-note-templates');
  await page.keyboard.press('1');
  await call.press('F10');
  await page.getByLabel('What is to be done').focus();
  await page.keyboard.type('Answer on the second charge');
  await page.keyboard.press('Tab');
  await page.keyboard.type('in 10 min');
  await page.keyboard.press('Enter');
  await page.getByLabel('Outcome: number, or type to find').focus();
  await page.keyboard.type('callback promised');
  await page.keyboard.press('Enter');
  await call.press('Control+Enter');
  await page.getByRole('complementary', { name: 'Promised, and due now' }).waitFor();
  await shoot(desk, '41-promise-due');
  await page.keyboard.press('Alt+a');
  await call.expectState('Talking');
  await shoot(desk, '42-call-back');
  await call.press('F10');
  await page.getByLabel('Outcome: number, or type to find').focus();
  await page.keyboard.type('bill explained');
  await page.keyboard.press('Enter');
  await shoot(desk, '43-wrap-up-kept');
  await call.press('Control+Enter');
  await invoke(page, 'calls.start', { ...about, id: 'shot-2' });
  await call.expectState('Talking');
  await page.keyboard.press('Alt+a');
  await shoot(desk, '44-earlier-calls');
  await call.openScreen('History');
  await shoot(desk, '47-history');
  await call.openScreen('Settings');
  await page.getByRole('heading', { name: 'Note templates' }).scrollIntoViewIfNeeded();
  await shoot(desk, '45-settings-templates');
  await page.getByRole('tab', { name: 'Telephone' }).click();
  await shoot(desk, '46-telephone');
});
