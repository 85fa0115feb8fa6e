import { mkdtempSync, rmSync, writeFileSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright';
import { startDesk, type Desk } from '../e2e/fixtures.ts';

export { percentile, round } from './numbers.ts';

/** A fresh data folder, gone afterwards. */
export async function withFolder<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), 'callside-bench-'));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The least an Electron program can be: one window with one line of text. */
export async function startBare(dir: string): Promise<{ close(): Promise<void>; pid: number; ms: number }> {
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ name: 'bare', version: '1.0.0', main: 'main.cjs' }));
  writeFileSync(join(dir, 'page.html'), '<!doctype html><title>bare</title><textarea autofocus></textarea>');
  writeFileSync(join(dir, 'main.cjs'), "const { app, BrowserWindow } = require('electron'); app.setPath('userData', __dirname + '/data'); app.whenReady().then(() => new BrowserWindow({ width: 1366, height: 768 }).loadFile(__dirname + '/page.html'));");
  const begun = performance.now();
  const app = await _electron.launch({ executablePath: process.env['CALLSIDE_ELECTRON'] ?? '', args: [dir, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])] });
  const page = await app.firstWindow();
  await page.locator('textarea').waitFor();
  return { close: () => app.close(), pid: app.process().pid ?? 0, ms: performance.now() - begun };
}

/** Starts a desk, begins a call, and stops the clock when a letter stands in the note. */
export async function startToNote(dir: string): Promise<{ desk: Desk; ms: number }> {
  const begun = performance.now();
  const desk = await startDesk(dir, { held: false });
  await desk.page.keyboard.press('F9');
  const note = desk.page.getByRole('textbox', { name: 'Notes of this call' });
  await note.waitFor();
  await note.pressSequentially('a');
  return { desk, ms: performance.now() - begun };
}

/** Proportional set size of a process and everything below it, in MB (Linux only). */
export function pssOfTree(root: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // The process ended meanwhile.
    }
  }
  const below = (pid: number): boolean => pid === root || (parents.has(pid) && pid > 1 && below(parents.get(pid) ?? 0));
  let kilobytes = 0;
  for (const pid of parents.keys()) {
    if (!below(pid)) continue;
    try {
      kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // Ended, or not ours to read.
    }
  }
  return kilobytes / 1024;
}
