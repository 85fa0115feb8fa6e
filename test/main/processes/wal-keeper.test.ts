import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createWalKeeper, type WalKeeper } from '#main/processes/wal-keeper.ts';

const MB = 1024 * 1024;
let dir: string;
let file: string;
let inCall: boolean;
let settled: number;
let warned: number;
let keeper: WalKeeper;

beforeEach(() => {
  vi.useFakeTimers();
  dir = mkdtempSync(join(tmpdir(), 'callside-wal-'));
  file = join(dir, 'knowledge.db-wal');
  inCall = false;
  settled = 0;
  warned = 0;
  keeper = createWalKeeper({
    file,
    settle: () => {
      settled += 1;
      truncateSync(file, 0);
      return Promise.resolve();
    },
    quiet: () => Promise.resolve(!inCall),
    log: () => (warned += 1),
  });
});
afterEach(() => {
  keeper.stop();
  vi.useRealTimers();
  rmSync(dir, { recursive: true, force: true });
});

/** A log of this many bytes; the file is sparse. */
function logOf(bytes: number): void {
  writeFileSync(file, '');
  truncateSync(file, bytes);
}

it('a long log waits for the end of the call, then is moved once', async () => {
  logOf(100 * MB);
  inCall = true;
  keeper.soon();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(settled).toBe(0);
  inCall = false;
  await vi.advanceTimersByTimeAsync(120_000);
  expect(settled).toBe(1);
});

it('a log that would fill the disk is moved even in a call', async () => {
  logOf(600 * MB);
  inCall = true;
  keeper.soon();
  await vi.advanceTimersByTimeAsync(6_000);
  expect(settled).toBe(1);
});

it('a small log and a missing one cost nothing', async () => {
  keeper.start();
  await vi.advanceTimersByTimeAsync(300_000);
  logOf(MB);
  await vi.advanceTimersByTimeAsync(300_000);
  expect(settled).toBe(0);
});

it('a move that fails is tried again and said', async () => {
  keeper.stop();
  let tries = 0;
  keeper = createWalKeeper({ file, settle: () => (tries++ === 0 ? Promise.reject(new Error('busy')) : Promise.resolve()), quiet: () => Promise.resolve(true), log: () => (warned += 1) });
  logOf(100 * MB);
  keeper.start();
  await vi.advanceTimersByTimeAsync(130_000);
  expect([tries, warned]).toEqual([2, 1]);
});
