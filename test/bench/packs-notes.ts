/**
 * R13: notes typed while a pack of 50,000 products is checked and installed, in the real app. The desk is in a call
 * while the pack is checked; the install begins when the call has ended, and the notes of that call go on being saved,
 * which is harder than anything an agent can do. Measured in the window, beside the same two stretches of the same desk
 * without a pack (`before`): a call's end has work of its own.
 * `npm run bench:packs:notes [records] [--verbose]`
 *
 * Claim (R13): note p95 ≤ 10 ms, max ≤ 100 ms. One JSON line; exit code 1 when the claim does not hold.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDesk } from '../e2e/fixtures.ts';
import { openShop } from '../e2e/shop.ts';
import { percentile, round, withFolder } from './lib-app.ts';
import { madeUpProducts } from './lib-products.ts';

const COUNT = Number(process.argv.slice(2).find((one) => !one.startsWith('--')) ?? 50_000);
const CLAIM = { p95: 10, max: 100 };

type Phase = { ms: number; notes: number[]; gaps: number[] };
type Measured = { inCallBefore: Phase; afterCallBefore: Phase; checking: Phase; installing: Phase; slow: string[] };

const shop = await openShop();
try {
  await shop.publish(madeUpProducts(COUNT));
  await withFolder(async (dir) => {
    // The checks of replies that tests switch on are no part of the product's path.
    const desk = await startDesk(dir, { env: { CALLSIDE_CHECK_OUTPUT: '0' } });
    await desk.app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
    }, shop.folder);
    const measured = await desk.page.evaluate(measure, shop.fingerprint);
    await desk.app.close();
    const phases = { before: { inCall: tell(measured.inCallBefore), afterCall: tell(measured.afterCallBefore) }, checking: tell(measured.checking), installing: tell(measured.installing) };
    const holds = [phases.checking, phases.installing].every(({ note }) => note.p95 <= CLAIM.p95 && note.max <= CLAIM.max);
    console.log(JSON.stringify({ bench: 'packs-notes', records: COUNT, claim: CLAIM, holds, ...phases }));
    if (process.argv.includes('--verbose')) {
      console.error(measured.slow.join('\n'));
      const log = join(dir, 'logs', 'callside.log');
      if (existsSync(log)) console.error(readFileSync(log, 'utf8').split('\n').filter((line) => /slow|warn|error/.test(line)).slice(-20).join('\n'));
    }
    process.exitCode = holds ? 0 : 1;
  });
} finally {
  shop.close();
}

function tell({ ms, notes, gaps }: Phase): { seconds: number; note: { n: number; p50: number; p95: number; p99: number; max: number }; windowGapMs: { p99: number; max: number } } {
  return {
    seconds: round(ms / 1_000),
    note: { n: notes.length, p50: round(percentile(notes, 0.5)), p95: round(percentile(notes, 0.95)), p99: round(percentile(notes, 0.99)), max: round(Math.max(...notes)) },
    windowGapMs: { p99: round(percentile(gaps, 0.99)), max: round(Math.max(...gaps)) },
  };
}

/** Runs in the page. */
async function measure(fingerprint: string): Promise<Measured> {
  type Reply = { ok: boolean; data: unknown };
  const { invoke } = (globalThis as unknown as { callside: { invoke(route: string, input: unknown, id: string): Promise<Reply> } }).callside;
  const call = async <T>(route: string, input: unknown): Promise<T> => {
    const reply = await invoke(route, input, crypto.randomUUID());
    if (!reply.ok) throw new Error(`${route}: ${JSON.stringify(reply)}`);
    return reply.data as T;
  };
  const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
  const begin = async (): Promise<string> => (await call<{ call: { id: string } }>('calls.start', { direction: 'in', ringing: false })).call.id;
  let talk = await begin();
  await pause(4_000);

  let phase: Phase = { ms: 0, notes: [], gaps: [] };
  let name = 'before';
  const slow: string[] = [];
  let running = true;
  let began = 0;
  let lastFrame = performance.now();
  const frame = (now: number): void => {
    phase.gaps.push(now - lastFrame);
    lastFrame = now;
    if (running) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const typing = (async () => {
    let text = '';
    for (let seq = 1; running; seq++) {
      text = `${text}${seq % 12 === 0 ? 'asks for a price\n' : 'word '}`.slice(-3_000);
      const at = performance.now();
      const into = phase;
      await call('calls.save-note', { callId: talk, seq, text });
      const took = performance.now() - at;
      into.notes.push(took);
      if (took > 15) slow.push(`${name}: ${Math.round(took)} ms at ${Math.round(at - began)} ms`);
      await pause(60);
    }
  })();
  const during = async (what: string, work: () => Promise<void>): Promise<Phase> => {
    name = what;
    phase = { ms: 0, notes: [], gaps: [] };
    const own = phase;
    began = performance.now();
    await work();
    own.ms = performance.now() - began;
    return own;
  };
  const until = async (...healths: string[]): Promise<void> => {
    for (;;) {
      const [channel] = await call<{ health: string; refusal?: unknown }[]>('channels.list', {});
      if (channel !== undefined && healths.includes(channel.health)) return;
      if (channel?.health === 'refused') throw new Error(JSON.stringify(channel.refusal));
      await pause(100);
    }
  };

  const end = async (): Promise<void> => {
    await call('calls.event', { callId: talk, event: { type: 'hang-up', by: 'caller' } });
    await call('calls.wrap-up', { callId: talk, close: true });
  };

  const inCallBefore = await during('before, in call', () => pause(8_000));
  const afterCallBefore = await during('before, after call', async () => {
    await end();
    await pause(8_000);
  });
  talk = await begin();
  await pause(1_000);
  const checking = await during('checking', async () => {
    const { id } = await call<{ id: string }>('channels.add', {});
    await until('needs-trust');
    await call('channels.trust', { id, fingerprint });
    await until('waiting-for-call');
  });
  const installing = await during('installing', async () => {
    await end();
    await until('up-to-date');
  });
  running = false;
  await typing;
  return { inCallBefore, afterCallBefore, checking, installing, slow };
}
