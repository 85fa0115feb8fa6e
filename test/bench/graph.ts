/**
 * The script graph with 150 steps in a real Electron window: frame times while it is panned and zoomed by real input
 * events, and the time one look of the linter takes. `npm run bench:graph [steps] [folder for pictures]`
 *
 * Claim: 60 frames a second while panning and zooming (p50 at 16.7 ms, p95 below two frames), lint ≤ 20 ms.
 * A machine without a graphics card paints every picture with its processor: `plain` is what it reaches with one
 * element and nothing in it, moved by the same events in the same window, and `share` the graph's part of that.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron } from 'playwright';
import { createScriptLibrary } from '#shared/domain/scripts/library.ts';
import { lintScript } from '#shared/domain/scripts/lint.ts';
import { bigScript } from '../renderer/authoring/page/big-script.ts';
import { servePage } from '../renderer/gallery/serve.ts';
import { percentile, round } from './lib-app.ts';
import { atRest, PLAIN_PAGE, whilePanning, whileZooming, type Frames } from './lib-frames.ts';

const steps = Number(process.argv[2] ?? 150);
const pictures = process.argv[3];

const page = await servePage(resolve(import.meta.dirname, '../renderer/authoring/page/vite.config.ts'), 'editors');
const dir = mkdtempSync(join(tmpdir(), 'callside-graph-'));
try {
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ name: 'graph', version: '1.0.0', main: 'main.cjs' }));
  writeFileSync(join(dir, 'main.cjs'), `const { app, BrowserWindow } = require('electron'); app.setPath('userData', __dirname + '/data'); app.whenReady().then(() => new BrowserWindow({ width: 1366, height: 768, useContentSize: true, webPreferences: { sandbox: true, contextIsolation: true } }).loadURL(${JSON.stringify(PLAIN_PAGE)}));`);
  const app = await _electron.launch({ executablePath: process.env['CALLSIDE_ELECTRON'] ?? '', args: [dir, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])] });
  const window = await app.firstWindow();
  await window.locator('#sheet').waitFor();
  const card = await app.evaluate(({ app: electron }) => electron.getGPUFeatureStatus().gpu_compositing === 'enabled');
  const plain = { rest: await atRest(window), zoom: await whileZooming(window, { x: 683, y: 384 }), pan: await whilePanning(window, { x: 683, y: 384 }) };

  const problems: string[] = [];
  window.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  window.on('pageerror', (error) => problems.push(String(error)));
  await window.goto(`${page.url}?kind=script&steps=${steps}`);
  const graph = window.getByTestId('script-graph');
  await graph.waitFor();
  await window.locator('.react-flow__node').nth(steps - 1).waitFor({ state: 'attached' });
  const box = await graph.boundingBox();
  if (box === null) throw new Error('the graph has no place on the screen');
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const picture = async (name: string): Promise<void> => {
    if (pictures !== undefined) await window.screenshot({ path: join(pictures, `graph-${name}.png`) });
  };
  await picture('start');
  // The steps an author sees at once while working, then all of them.
  const near = { zoom: await whileZooming(window, middle), pan: await whilePanning(window, middle) };
  await picture('near');
  await window.getByRole('button', { name: /fit view/i }).click();
  await window.waitForTimeout(500);
  await picture('all');
  const all = { rest: await atRest(window), zoom: await whileZooming(window, middle), pan: await whilePanning(window, middle) };
  if (pictures !== undefined) {
    // From all of them up close to one: what was small while it moved has to be sharp when it rests.
    await window.mouse.move(middle.x, middle.y);
    for (let turn = 0; turn < 70; turn++) await window.mouse.wheel(0, -24);
    await window.waitForTimeout(800);
  }
  await picture('close');
  await app.close();
  const share = (of: Frames, to: Frames): number => round(of.fps / to.fps, 2);
  console.log(JSON.stringify({
    bench: 'graph', steps, ways: bigScript(steps).steps.reduce((sum, step) => sum + (step.answers?.length ?? 0) + (step.branches?.length ?? 0) + (step.next === undefined ? 0 : 1), 0),
    graphicsCard: card, plain, near, all, share: { nearZoom: share(near.zoom, plain.zoom), nearPan: share(near.pan, plain.pan), allZoom: share(all.zoom, plain.zoom), allPan: share(all.pan, plain.pan) }, lint: lint(), problems,
  }));
} finally {
  page.close();
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
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
