/**
 * Palette: keystroke → results painted, in the real window, on a real catalogue imported through the app.
 * `node scripts/run.mjs --build test/bench/palette.ts [--catalog FILE] [--queries FILE] [--limit N] [--while-importing FILE]`
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { importFile } from './lib-import.ts';
import { percentile, round, startToNote, withFolder } from './lib-app.ts';

const { values } = parseArgs({ options: {
  catalog: { type: 'string', default: '../shared/data/products-food.ndjson.gz' },
  queries: { type: 'string', default: '../shared/data/products-food-queries.jsonl' },
  limit: { type: 'string', default: '60' },
  'while-importing': { type: 'string' },
} });
const queries = readFileSync(resolve(values.queries), 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { query: string }).query);
const step = Math.max(1, Math.floor(queries.length / Number(values.limit)));
const chosen = queries.filter((_query, index) => index % step === 0).slice(0, Number(values.limit));

await withFolder(async (dir) => {
  const { desk } = await startToNote(dir);
  const imported = await importFile(desk, resolve(values.catalog));
  const background = values['while-importing'] === undefined ? undefined : importFile(desk, resolve(values['while-importing']));
  const painted: number[] = [];
  for (const query of chosen) {
    await desk.page.keyboard.press('Control+k');
    await desk.page.getByRole('combobox', { name: 'Search everything' }).waitFor();
    // The page itself measures: from the key to the frame after the answer to that text is in the list.
    painted.push(...(await desk.page.evaluate(typeAndMeasure, query)));
    await desk.page.keyboard.press('Escape');
  }
  await background;
  console.log(JSON.stringify({ bench: 'palette', products: imported.rows, queries: chosen.length, keystrokes: painted.length, importing: background !== undefined, p50Ms: round(percentile(painted, 0.5)), p95Ms: round(percentile(painted, 0.95)), p99Ms: round(percentile(painted, 0.99)), maxMs: round(Math.max(...painted)) }));
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
