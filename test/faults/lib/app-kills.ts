import { readdirSync, readlinkSync } from 'node:fs';
import type { Desk } from '../../e2e/fixtures.ts';

type Reply = { ok: boolean; data: { call: { id: string; note: { text: string; seq: number } } }; error?: { message: string } };
type Bridge = { callside: { invoke(route: string, input: unknown, id: string): Promise<Reply> } };

/** How often the page saves, and when it is done. */
export type TypingPlan = {
  /** Pause between two saves, ms: 60 is a fast typist's pause, 0 as fast as saves are acknowledged. */
  pauseMs: number;
  /** Notes of one call, then the next call begins. */
  notesPerCall: number;
};

export type TypingResult = {
  acknowledged: number;
  /** Longest time from asking for a save to its acknowledgement, one per stretch between two kills, ms. */
  gaps: number[];
  /** Saves that were refused: none may be, the host asks again by itself. */
  refused: string[];
  /** Acknowledged notes that the records no longer hold, after the last kill. */
  lost: number;
  calls: number;
};

/** The process that has records.db open: a spare one may wait beside it under the same name. Linux only. */
export async function recordsPid(desk: Desk): Promise<number | undefined> {
  const candidates = await desk.app.evaluate(({ app }) => app.getAppMetrics().filter((one) => one.type === 'Utility').map((one) => one.pid));
  return candidates.find((pid) => openFiles(pid).some((file) => file.endsWith('/records.db')));
}

function openFiles(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  } catch {
    // It ended, or closed a file while we looked.
    return [];
  }
}

/**
 * Types into calls through the page while the records process is killed `kills` times with SIGKILL, at
 * moments that follow no save. Then reads every call back and counts acknowledged words that are missing.
 */
export async function typeThroughKills(desk: Desk, { kills, acks, plan, random, betweenMs }: { kills: number; acks: number; plan: TypingPlan; random: () => number; betweenMs: number }): Promise<TypingResult & { kills: number }> {
  await startTyping(desk, plan);
  let killed = 0;
  let last: number | undefined;
  const perKill = acks / kills;
  while (killed < kills) {
    await waitForAcks(desk, Math.floor(perKill * killed + perKill * random()));
    await new Promise((done) => setTimeout(done, betweenMs * (0.5 + random())));
    const pid = await recordsPid(desk);
    if (pid === undefined || pid === last) continue;
    last = pid;
    await desk.page.evaluate(() => (globalThis as unknown as { callsideTyping: { mark(): void } }).callsideTyping.mark());
    process.kill(pid, 'SIGKILL');
    killed += 1;
  }
  await waitForAcks(desk, acks);
  await new Promise((done) => setTimeout(done, 500));
  return { ...(await stopTyping(desk)), kills: killed };
}

function startTyping(desk: Desk, plan: TypingPlan): Promise<void> {
  return desk.page.evaluate(async ({ pauseMs, notesPerCall }) => {
    const { invoke } = (globalThis as unknown as Bridge).callside;
    const ask = (route: string, input: unknown): Promise<Reply> => invoke(route, input, crypto.randomUUID());
    const told = new Map<string, { seq: number; text: string }>();
    const gaps: number[] = [0];
    const refused: string[] = [];
    let acknowledged = 0;
    let going = true;
    const run = (async () => {
      while (going) {
        const begun = await ask('calls.start', { direction: 'in', ringing: false });
        if (!begun.ok) {
          refused.push(`start: ${begun.error?.message ?? ''}`);
          continue;
        }
        const { id } = begun.data.call;
        let text = '';
        for (let seq = 1; seq <= notesPerCall && going; seq += 1) {
          text += `word${String(seq)} `;
          const at = performance.now();
          const reply = await ask('calls.save-note', { callId: id, seq, text });
          gaps[gaps.length - 1] = Math.max(gaps.at(-1) ?? 0, performance.now() - at);
          if (reply.ok) {
            acknowledged += 1;
            told.set(id, { seq, text });
          } else refused.push(reply.error?.message ?? 'refused');
          if (pauseMs > 0) await new Promise((done) => setTimeout(done, pauseMs));
        }
        for (const event of [{ type: 'hang-up', by: 'caller' }, { type: 'finish' }]) await ask('calls.event', { callId: id, event });
      }
    })();
    const typing = {
      acknowledged: () => acknowledged,
      mark: () => void gaps.push(0),
      stop: async () => {
        going = false;
        await run;
        let lost = 0;
        for (const [callId, last] of told) {
          const kept = await ask('calls.get', { callId });
          if (!kept.ok || kept.data.call.note.seq < last.seq || kept.data.call.note.text.trim() !== last.text.trim()) lost += 1;
        }
        return { acknowledged, gaps, refused, lost, calls: told.size };
      },
    };
    (globalThis as unknown as { callsideTyping: typeof typing }).callsideTyping = typing;
  }, plan);
}

function stopTyping(desk: Desk): Promise<TypingResult> {
  return desk.page.evaluate(() => (globalThis as unknown as { callsideTyping: { stop(): Promise<TypingResult> } }).callsideTyping.stop());
}

async function waitForAcks(desk: Desk, wanted: number): Promise<void> {
  await desk.page.waitForFunction((count) => (globalThis as unknown as { callsideTyping: { acknowledged(): number } }).callsideTyping.acknowledged() >= count, wanted, { polling: 50, timeout: 600_000 });
}
