import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seeded } from '#test/helpers/seeded.ts';
import { startDesk } from '../e2e/fixtures.ts';
import { typeThroughKills } from './lib/app-kills.ts';
import { createReport, type Report } from './lib/report.ts';

/** The longest a typing agent may wait for "saved" when the records process dies, ms (reliability promise R15). */
export const LONGEST_GAP_MS = 500;

/** A process in reserve is made when the desk has started and is calm: R15 counts from then on (ms). */
const SETTLED_MS = 4_000;

/** R3 and R15 in the built app itself: its own records process, its own host, its own page. */
export async function killRecordsInApp(report: Report, { typed, storm }: { typed: { kills: number }; storm: { kills: number; acks: number } }): Promise<void> {
  if (process.platform !== 'linux') return report.skip('R3 and R15 in the app', 'needs Linux to tell the records process apart');
  const dir = mkdtempSync(join(tmpdir(), 'callside-app-kills-'));
  const desk = await startDesk(dir, { env: { CALLSIDE_CHECK_OUTPUT: '0' } });
  try {
    await new Promise((done) => setTimeout(done, SETTLED_MS));
    const atHand = await typeThroughKills(desk, { kills: typed.kills, acks: typed.kills * 25, plan: { pauseMs: 60, notesPerCall: 40 }, random: seeded(15), betweenMs: 1_000 });
    const gaps = atHand.gaps.slice(1).map(Math.round);
    report.check(`R15 records process killed ${atHand.kills} times while typing: ${atHand.acknowledged} acknowledged notes in ${atHand.calls} calls`, atHand.lost === 0 && atHand.refused.length === 0, `${atHand.lost} lost, ${atHand.refused.length} refused`);
    report.check(`R15 longest wait for "saved" at most ${LONGEST_GAP_MS} ms`, Math.max(...gaps) <= LONGEST_GAP_MS, `longest ${gaps.toSorted((a, b) => b - a).slice(0, 5).join(', ')} ms, median ${gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0} ms`);
    const fast = await typeThroughKills(desk, { kills: storm.kills, acks: storm.acks, plan: { pauseMs: 0, notesPerCall: 60 }, random: seeded(3), betweenMs: 20 });
    report.check(`R3 records process killed ${fast.kills} times in the app: ${fast.acknowledged} acknowledged notes in ${fast.calls} calls`, fast.kills >= storm.kills && fast.acknowledged >= storm.acks && fast.lost === 0, `${fast.lost} lost, ${fast.refused.length} refused`);
  } finally {
    await desk.app.close().catch(() => undefined);
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

if (import.meta.main) {
  const report = createReport();
  await killRecordsInApp(report, { typed: { kills: 50 }, storm: { kills: 150, acks: 50_000 } });
  report.finish();
}
