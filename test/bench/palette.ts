/**
 * Palette: keystroke → results painted, in the real window, on a real catalogue imported through the app, while another
 * import runs: `npm run bench:palette -- [--catalog FILE] [--queries FILE] [--limit N] [--importing ROWS]`.
 * Only keystrokes answered while an import was running count; when one ends before the typing, the next begins. `--importing 0` types in peace.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { importFile } from './lib-import.ts';
import { percentile, round, startToNote, withFolder } from './lib-app.ts';
import { type CatalogRow, readQueries, readRows } from './search/catalog.ts';
import { enlarge } from './search/enlarge.ts';
import { sampleOf } from './search/metrics.ts';

const { values } = parseArgs({ options: {
  catalog: { type: 'string', default: '../shared/data/products-food.ndjson.gz' },
  queries: { type: 'string', default: '../shared/data/products-food-queries.jsonl' },
  limit: { type: 'string', default: '60' },
  importing: { type: 'string', default: '50000' },
} });
const chosen = sampleOf(await readQueries(resolve(values.queries)), Number(values.limit)).map(({ query }) => query);
const more = Number(values.importing);
const source: CatalogRow[] = [];
for await (const row of readRows(resolve(values.catalog))) source.push(row);

/** New rows of the same sort; each seed makes others. */
function writeRows(file: string, seed: number): void {
  const lines: string[] = [];
  let number = 0;
  for (const row of enlarge(source, source.length + more, seed)) if (number++ >= source.length) lines.push(JSON.stringify({ ...row, sku: `${seed}-${String(row['sku'])}` }));
  writeFileSync(file, `${lines.join('\n')}\n`);
}

await withFolder(async (dir) => {
  const { desk } = await startToNote(dir);
  const imported = await importFile(desk, resolve(values.catalog));
  const painted: number[] = [];
  let imports = 0;
  let running = false;
  let background: Promise<unknown> = Promise.resolve();
  const keepImporting = (): void => {
    if (more === 0 || running) return;
    running = true;
    imports += 1;
    const file = join(dir, `more-${imports}.ndjson`);
    writeRows(file, imports + 1);
    background = importFile(desk, file).then(() => {
      running = false;
    });
  };
  for (const query of chosen) {
    keepImporting();
    await desk.page.keyboard.press('Control+k');
    await desk.page.getByRole('combobox', { name: 'Search everything' }).waitFor();
    // The page itself measures: from the key to the frame after the answer to that text is in the list.
    const times = await desk.page.evaluate(typeAndMeasure, query);
    if (more === 0 || running) painted.push(...times);
    await desk.page.keyboard.press('Escape');
  }
  await background;
  console.log(JSON.stringify({ bench: 'palette', products: imported.rows, queries: chosen.length, keystrokes: painted.length, imports, rowsEach: more, p50Ms: round(percentile(painted, 0.5)), p95Ms: round(percentile(painted, 0.95)), p99Ms: round(percentile(painted, 0.99)), maxMs: round(Math.max(...painted)) }));
  await desk.app.close();
});

/** Runs in the page. Types letter by letter, waiting for each answer; the list carries the text it answers. */
async function typeAndMeasure(query: string): Promise<number[]> {
  const input = document.querySelector<HTMLInputElement>('input[role="combobox"]');
  const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
  if (input === null || setter === undefined) throw new Error('the palette is not open');
  const frame = (): Promise<number> => new Promise((done) => requestAnimationFrame(() => done(performance.now())));
  const times: number[] = [];
  for (let length = 1; length <= query.length; length += 1) {
    const text = query.slice(0, length);
    const begun = performance.now();
    setter.call(input, text);
    input.dispatchEvent(new Event('input', { bubbles: true }));
    let now = await frame();
    while (document.querySelector('[data-answered]')?.getAttribute('data-answered') !== text && now - begun < 5_000) now = await frame();
    if (length >= 2) times.push(now - begun);
  }
  return times;
}
