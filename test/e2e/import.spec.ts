import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, killDesk, startDesk, test } from './fixtures.ts';
import { CallPage } from './pages/call-page.ts';
import { ImportPage } from './pages/import-page.ts';

/** A supplier's list as spreadsheets in Germany save it: semicolons, decimal commas, Windows letters, three broken rows. */
function priceList(): Buffer {
  const rows = [
    'Artikel-Nr.;Bezeichnung;Marke;EAN;Warengruppe;Preis;Bestand;Farbe',
    'QX-100;Küchenmaschine Florentina 800 W;Morelva;4006381333931;Haushalt > Küche;1.299,00;ab Lager;weiß',
    'QX-101;Wasserkocher Florentina 1,7 l;Morelva;4006381333948;Haushalt > Küche;49,90;3 Tage;blau',
    'QX-102;;Morelva;;Haushalt > Küche;19,90;;rot',
    ';Toaster ohne Nummer;Morelva;;Haushalt > Küche;29,90;;rot',
    'QX-104;Stabmixer "Pico;Morelva;;Haushalt > Küche;auf Anfrage;;rot',
    'QX-105;Espressokocher Zampetta;Morelva;4,00638E+12;Haushalt > Küche;34,50;;silber',
    'QX-106;Brotbackautomat Zampetta;Morelva;;Haushalt > Küche;119,00;;silber',
  ];
  return Buffer.from(`${rows.join('\r\n')}\r\n`, 'latin1');
}

/** So many made-up products that an import can be watched. */
function longList(rows: number): string {
  const nouns = ['kettle', 'toaster', 'lamp', 'drill', 'router', 'charger', 'blender', 'heater'];
  const lines = Array.from({ length: rows }, (_, at) => `LONG-${at},Vandelmar ${nouns[at % nouns.length]} series ${at * 7},Vandelmar,${(at % 900) + 1}.50,EUR`);
  return `sku,name,brand,price,currency\n${lines.join('\n')}\n`;
}

test('a supervisor imports a price list with broken rows, reads them, saves the report, and an agent finds a new product by a typo', async ({ desk, dataDir }) => {
  const imports = new ImportPage(desk);
  const file = join(dataDir, 'preisliste.csv');
  const report = join(dataDir, 'refused.csv');
  writeFileSync(file, priceList());
  await imports.dialogsAnswer({ file, target: report });

  await imports.open();
  await imports.press('Choose a catalogue file');
  await expect(imports.preview).toContainText('Küchenmaschine Florentina 800 W');
  await expect(imports.preview).toContainText('1,299.00');
  await expect(imports.preview).toContainText('Haushalt › Küche');
  await expect(desk.page.getByText('of these rows would be refused')).toBeVisible();
  await imports.become('Farbe', 'Left out');
  await expect(imports.preview).not.toContainText('Farbe: ');

  await imports.press('Import preisliste.csv');
  await imports.expectCount('New', '3');
  await imports.expectCount('Refused', '4');
  await expect(imports.refused).toContainText('The row has no name. Fill it in.');
  await expect(imports.refused).toContainText('“auf Anfrage” is not a price');
  await expect(imports.refused).toContainText('A spreadsheet has shortened this barcode to 4,00638E+12');
  await expect(imports.refused.getByRole('rowheader')).toHaveText(['4', '5', '6', '7']);

  await imports.press('Save the report');
  await expect(desk.page.getByText('The report is saved.')).toBeVisible();
  const lines = readFileSync(report, 'utf8').trim().split('\r\n');
  expect(lines).toHaveLength(5);
  expect(lines[1]).toMatch(/^4,Bezeichnung,,/);

  const call = new CallPage(desk.page);
  await call.press('F9');
  await call.expectState('Talking');
  await call.search('kuchenmashine florntina');
  await expect(desk.page.getByRole('option').first()).toContainText('Küchenmaschine Florentina');
  await desk.page.keyboard.press('Enter');
  await expect(call.card).toContainText('1,299.00');
  expect(desk.errors).toEqual([]);
});

test('the same list again changes nothing, and says so', async ({ desk, dataDir }) => {
  const imports = new ImportPage(desk);
  const file = join(dataDir, 'list.csv');
  writeFileSync(file, longList(300));
  await imports.dialogsAnswer({ file });
  await imports.open();
  await imports.press('Choose a catalogue file');
  await imports.press('Import list.csv');
  await imports.expectCount('New', '300');
  await imports.press('Import another file');
  await imports.press('Import list.csv');
  await imports.expectCount('Unchanged', '300');
  await imports.expectCount('New', '0');
});

test('a cancelled import leaves nothing, and search and picks went on meanwhile', async ({ desk, dataDir }) => {
  const imports = new ImportPage(desk);
  const before = await imports.products();
  const file = join(dataDir, 'long.csv');
  writeFileSync(file, longList(120_000));
  await imports.dialogsAnswer({ file });
  await imports.open();
  await imports.press('Choose a catalogue file');
  await imports.press('Import long.csv');
  await expect(desk.page.getByText(/\d rows/)).toBeVisible();

  const call = new CallPage(desk.page);
  await call.search('laptpo');
  await expect(desk.page.getByRole('option').first()).toContainText(/laptop/i);
  await desk.page.keyboard.press('Escape');

  await imports.press('Cancel import');
  await expect(desk.page.getByText('The import of long.csv was cancelled')).toBeVisible();
  expect(await imports.products()).toBe(before);
  await call.search('Vandelmar kettle');
  await expect(desk.page.getByRole('option').filter({ hasText: 'Vandelmar' })).toHaveCount(0);
});

test('the power goes in the middle of an import: the catalogue is as it was', async ({ dataDir }) => {
  const first = await startDesk(dataDir);
  const imports = new ImportPage(first);
  const before = await imports.products();
  const file = join(dataDir, 'long.csv');
  writeFileSync(file, longList(120_000));
  await imports.dialogsAnswer({ file });
  await imports.open();
  await imports.press('Choose a catalogue file');
  await imports.press('Import long.csv');
  await expect(first.page.getByText(/\d rows/)).toBeVisible();
  await killDesk(first);

  const second = await startDesk(dataDir);
  expect(await new ImportPage(second).products()).toBe(before);
  const call = new CallPage(second.page);
  await call.search('laptpo');
  await expect(second.page.getByRole('option').first()).toContainText(/laptop/i);
  await second.app.close();
});

test('a file that is no catalogue is refused with a sentence', async ({ desk, dataDir }) => {
  const imports = new ImportPage(desk);
  const file = join(dataDir, 'photo.csv');
  writeFileSync(file, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0, 0, 0, 1]));
  await imports.dialogsAnswer({ file });
  await imports.open();
  await imports.press('Choose a catalogue file');
  await expect(desk.page.getByText('photo.csv cannot be imported')).toBeVisible();
  await expect(desk.page.getByText('This is not a table.')).toBeVisible();
});
