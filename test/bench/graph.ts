/**
 * The script graph with 150 steps in a real Electron window: frame times while it is panned and zoomed by real input
 * events, and the time one look of the linter takes. `npm run bench:graph [steps] [folder for pictures]`
 *
 * Claim: 60 frames a second while panning and zooming (p50 at 16.7 ms, p95 below two frames), lint ≤ 20 ms.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, type Page } from 'playwright';
import { createScriptLibrary } from '#shared/domain/scripts/library.ts';
import { lintScript } from '#shared/domain/scripts/lint.ts';
import { bigScript } from '../renderer/authoring/page/big-script.ts';
import { servePage } from '../renderer/gallery/serve.ts';
import { percentile, round } from './lib-app.ts';

const steps = Number(process.argv[2] ?? 150);
const pictures = process.argv[3];
/** How long each movement goes on, ms. */
const WHILE_MS = 4_000;
/** Time between two input events, ms: an ordinary mouse reports 125 times a second. */
const INPUT_MS = 8;
/** A frame of a 60 Hz screen, ms. */
const FRAME_MS = 1_000 / 60;

type Frames = { frames: number; p50: number; p95: number; max: number; fps: number; late: number };

const page = await servePage(resolve(import.meta.dirname, '../renderer/authoring/page/vite.config.ts'), 'editors');
const dir = mkdtempSync(join(tmpdir(), 'callside-graph-'));
try {
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ name: 'graph', version: '1.0.0', main: 'main.cjs' }));
  writeFileSync(join(dir, 'main.cjs'), `const { app, BrowserWindow } = require('electron'); app.setPath('userData', __dirname + '/data'); app.whenReady().then(() => new BrowserWindow({ width: 1366, height: 768, useContentSize: true, webPreferences: { sandbox: true, contextIsolation: true } }).loadURL(${JSON.stringify(`${page.url}?kind=script&steps=${steps}`)}));`);
  const app = await _electron.launch({ executablePath: process.env['CALLSIDE_ELECTRON'] ?? '', args: [dir, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])] });
  const window = await app.firstWindow();
  const problems: string[] = [];
  window.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  window.on('pageerror', (error) => problems.push(String(error)));
  const graph = window.getByTestId('script-graph');
  await graph.waitFor();
  await window.locator('.react-flow__node').nth(steps - 1).waitFor({ state: 'attached' });
  const box = await graph.boundingBox();
  if (box === null) throw new Error('the graph has no place on the screen');
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await window.getByRole('button', { name: /fit view/i }).click();
  await window.waitForTimeout(500);
  if (pictures !== undefined) await window.screenshot({ path: join(pictures, 'graph-all.png') });
  // What the machine does with an empty page says what can be asked of it.
  const still = await measure(window, (until) => wait(window, until));
  const zoom = await measure(window, async (until) => {
    await window.mouse.move(middle.x, middle.y);
    for (let turn = 0; performance.now() < until; turn++) {
      await window.mouse.wheel(0, Math.floor(turn / 40) % 2 === 0 ? -24 : 24);
      await window.waitForTimeout(INPUT_MS);
    }
  });
  const pan = await measure(window, (until) => drag(window, middle, until));
  await app.close();
  console.log(JSON.stringify({ bench: 'graph', steps, ways: bigScript(steps).steps.reduce((sum, step) => sum + (step.answers?.length ?? 0) + (step.branches?.length ?? 0) + (step.next === undefined ? 0 : 1), 0), still, pan, zoom, lint: lint(), problems }));
} finally {
  page.close();
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
}

async function wait(window: Page, until: number): Promise<void> {
  await window.waitForTimeout(Math.max(0, until - performance.now()));
}

/** Drags the canvas in circles with the mouse held down. */
async function drag(window: Page, middle: { x: number; y: number }, until: number): Promise<void> {
  await window.mouse.move(middle.x + 140, middle.y);
  await window.mouse.down();
  for (let turn = 0; performance.now() < until; turn++) {
    await window.mouse.move(middle.x + 140 * Math.cos(turn / 12), middle.y + 120 * Math.sin(turn / 12));
    await window.waitForTimeout(INPUT_MS);
  }
  await window.mouse.up();
}

/** Time from frame to frame while `work` goes on, as the page itself sees it. */
async function measure(window: Page, work: (until: number) => Promise<void>): Promise<Frames> {
  await window.evaluate(() => {
    const state = globalThis as { frameTimes?: number[]; frameLoop?: boolean };
    state.frameTimes = [];
    state.frameLoop = true;
    let last = performance.now();
    const next = (now: number): void => {
      state.frameTimes?.push(now - last);
      last = now;
      if (state.frameLoop === true) requestAnimationFrame(next);
    };
    requestAnimationFrame((now) => {
      last = now;
      requestAnimationFrame(next);
    });
  });
  await work(performance.now() + WHILE_MS);
  const times = await window.evaluate(() => {
    const state = globalThis as { frameTimes?: number[]; frameLoop?: boolean };
    state.frameLoop = false;
    return state.frameTimes ?? [];
  });
  const sum = times.reduce((total, time) => total + time, 0);
  return { frames: times.length, p50: round(percentile(times, 0.5)), p95: round(percentile(times, 0.95)), max: round(Math.max(...times)), fps: round((times.length * 1_000) / sum), late: round(times.filter((time) => time > FRAME_MS * 1.5).length / times.length, 3) };
}

/** One look of the linter at the same script, ms. */
function lint(): { p50: number; max: number } {
  const script = bigScript(steps);
  const library = createScriptLibrary([script]);
  const times = Array.from({ length: 50 }, () => {
    const from = performance.now();
    lintScript(script, library);
    return performance.now() - from;
  });
  return { p50: round(percentile(times, 0.5), 2), max: round(Math.max(...times), 2) };
}
