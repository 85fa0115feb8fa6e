/**
 * Imports a whole catalogue into the built app while notes are typed and searches asked, and prints one JSON line:
 * `node scripts/run.mjs --build test/bench/import.ts [FILE] [--verbose]`. FILE defaults to the food catalogue beside the project.
 * Everything is measured in the window itself: what an agent would feel.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { startDesk } from '#test/e2e/fixtures.ts';

type Measured = {
  rows: number; added: number; changed: number; same: number; refused: number; seconds: number; worstRendererGapMs: number; renderGaps: number[];
  notes: number[]; notesBefore: number[]; /** Notes over 20 ms: when, how long, and what the import was doing. */ slowNotes: string[]; searches: number[]; empty: number; state: string; events: number;
};

const ROOT = resolve(import.meta.dirname, '../..');
const file = resolve(process.argv.slice(2).find((one) => !one.startsWith('--')) ?? join(ROOT, '../shared/data/products-food.ndjson.gz'));
if (!existsSync(file)) {
  console.error(`There is no ${file}: name a catalogue file.`);
  process.exit(2);
}

const dataDir = mkdtempSync(join(tmpdir(), 'callside-import-bench-'));
// The checks of replies that tests switch on are no part of the product's path.
const desk = await startDesk(dataDir, { env: { CALLSIDE_CHECK_OUTPUT: '0' } });
try {
  await chooseWithoutDialog(desk.app, file);
  const measured = await measure(desk.page);
  const { notes, notesBefore, searches, renderGaps, slowNotes: _slow, ...rest } = measured;
  const line = {
    ...rest, seconds: round(rest.seconds), rowsPerSecond: Math.round(rest.rows / rest.seconds), worstRendererGapMs: round(rest.worstRendererGapMs),
    noteCommit: spread(notes), noteCommitBefore: spread(notesBefore), searchWhile: spread(searches), ...(process.argv.includes('--verbose') ? { renderGaps: renderGaps.toSorted((a, b) => b - a).slice(0, 10).map(round), slowNotes: measured.slowNotes } : {}),
  };
  console.log(JSON.stringify(line));
  if (process.argv.includes('--verbose')) console.error(slowLines(dataDir));
} finally {
  await desk.app.close();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function spread(values: number[]): { n: number; p50: number; p95: number; p99: number; max: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => round(sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0);
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/** Requests the app itself found slow. */
function slowLines(folder: string): string {
  const log = join(folder, 'logs');
  return existsSync(log) ? readFileSync(join(log, 'callside.log'), 'utf8').split('\n').filter((line) => /slow|warn|error/.test(line)).slice(-30).join('\n') : '';
}

/** The dialog is the only part a script cannot press: it answers with the file. */
async function chooseWithoutDialog(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, path);
}

function measure(page: Page): Promise<Measured> {
  return page.evaluate(async () => {
    type Reply = { ok: boolean; data: never };
    const bridge = (globalThis as unknown as { callside: { invoke(route: string, input: unknown, id: string): Promise<Reply>; subscribe(listener: (name: string, payload: { state: string; message?: string }) => void): void } }).callside;
    const call = async <T>(route: string, input: unknown): Promise<T> => {
      const reply = await bridge.invoke(route, input, crypto.randomUUID());
      if (!reply.ok) throw new Error(`${route}: ${JSON.stringify(reply)}`);
      return reply.data as T;
    };
    const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
    const { call: talk } = await call<{ call: { id: string } }>('calls.start', { direction: 'in', ringing: false });
    const chosen = await call<{ token: string; name: string }>('transfer.choose', {});
    const looked = await call<{ ok: boolean; preview: { mapping: unknown } }>('transfer.preview', { token: chosen.token, choice: {} });
    await pause(1_500);

    let running = true;
    let events = 0;
    let phase = 'before';
    let startedAt = performance.now();
    const slowNotes: string[] = [];
    bridge.subscribe((name, payload) => {
      if (name !== 'job.changed') return;
      events++;
      phase = payload.message ?? payload.state;
      if (payload.state !== 'running') running = false;
    });
    const renderGaps: number[] = [];
    let lastFrame = performance.now();
    let lastTick = lastFrame;
    const frame = (now: number): void => {
      renderGaps.push(now - lastFrame);
      lastFrame = now;
      if (running) requestAnimationFrame(frame);
    };
    const timer = setInterval(() => {
      const now = performance.now();
      renderGaps.push(now - lastTick - 8);
      lastTick = now;
    }, 8);

    const notes: number[] = [];
    let seq = 0;
    const write = async (times: number[], go: () => boolean): Promise<void> => {
      let text = '';
      while (go()) {
        seq++;
        text += seq % 12 === 0 ? 'asks for a price\n' : 'word ';
        const at = performance.now();
        await call('calls.save-note', { callId: talk.id, seq, text });
        const took = performance.now() - at;
        times.push(took);
        if (took > 20) slowNotes.push(`${Math.round(at - startedAt)} ms: ${Math.round(took)} ms, ${phase}`);
        await pause(60);
      }
    };
    const searches: number[] = [];
    let empty = 0;
    const queries = ['lap', 'laptpo', 'kettel', 'fiber broadband', 'sim only', 'headphons', 'wash', 'refund', '50 inch', 'charger'];
    const search = async (): Promise<void> => {
      for (let turn = 0; running; turn++) {
        const at = performance.now();
        const { hits } = await call<{ hits: unknown[] }>('search.query', { text: queries[turn % queries.length], limit: 50 });
        searches.push(performance.now() - at);
        if (hits.length === 0) empty++;
        await pause(90);
      }
    };

    // The same notes without an import, for comparison on the same machine in the same minute.
    const notesBefore: number[] = [];
    const until = performance.now() + 4_000;
    await write(notesBefore, () => performance.now() < until);
    renderGaps.length = 0;

    startedAt = performance.now();
    lastTick = performance.now();
    requestAnimationFrame((now) => {
      lastFrame = now;
      requestAnimationFrame(frame);
    });
    const started = await call<{ ok: boolean }>('transfer.start', { token: chosen.token, mapping: looked.preview.mapping });
    if (!started.ok) throw new Error(JSON.stringify(started));
    await Promise.all([write(notes, () => running), search()]);
    const seconds = (performance.now() - startedAt) / 1_000;
    // What comes after the end belongs to it: the first searches in the new catalogue.
    clearInterval(timer);
    const state = await call<{ state: string; result: { state: string; counts?: { rows: number; added: number; changed: number; same: number; refused: number } } }>('transfer.state', {});
    const counts = state.result.counts ?? { rows: 0, added: 0, changed: 0, same: 0, refused: 0 };
    return { ...counts, seconds, worstRendererGapMs: Math.max(...renderGaps), renderGaps, notes, notesBefore, slowNotes, searches, empty, state: state.result.state, events };
  });
}
