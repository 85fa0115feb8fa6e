import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { seeded } from '#test/helpers/seeded.ts';
import { scratchDir, startWriter, writerRunner, type Runner } from './lib/children.ts';
import { lostIn, openProduct, readAcks } from './lib/records.ts';
import { createReport, type Report } from './lib/report.ts';

const KEY = Buffer.alloc(32, 0x3a);
const NOTES_PER_CALL = 20;

export type KillOptions = { kills: number; acks: number; /** Looks into the files after every so many kills. */ lookEvery: number; seed: number };

/** Lets the writer save notes and kills it after a random number of acknowledgements. Returns what it told. */
async function oneLife(runner: Runner, dir: string, life: number, acksToSee: number, delayMs: number): Promise<{ lines: string[]; signal: string | null }> {
  const lines: string[] = [];
  let seen = 0;
  const child = startWriter(runner, [dir, KEY.toString('hex'), `--tag=life${life}x`, '--checkpoint=97'], (line) => {
    lines.push(line);
    if (!line.startsWith('ack')) return;
    seen += 1;
    // Not at once: the kill shall fall anywhere in a save, not always right behind one.
    if (seen === acksToSee) setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  const guard = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  clearTimeout(guard);
  return { lines, signal };
}

/** R3: kill -9 at any moment, again and again, in one folder; nothing acknowledged is missing and nothing raises an alarm. */
export async function killLoop(report: Report, { kills, acks, lookEvery, seed }: KillOptions): Promise<void> {
  const runner = await writerRunner();
  const random = seeded(seed);
  const dir = scratchDir('kill');
  const perLife = Math.ceil(acks / kills);
  const told: string[] = [];
  let killed = 0;
  let lost = 0;
  const alarms: string[] = [];
  for (let life = 1; life <= kills; life += 1) {
    const { lines, signal } = await oneLife(runner, dir, life, Math.ceil(perLife * (0.6 + random() * 0.9)), Math.floor(random() * 12));
    if (signal === 'SIGKILL') killed += 1;
    told.push(...lines.filter((line) => line.startsWith('ack')));
    if (life % lookEvery !== 0 && life !== kills) continue;
    const records = openProduct(dir, KEY);
    lost += lostIn(records.db, readAcks(told));
    alarms.push(...records.messages.filter((message) => message.severity === 'problem').map((message) => message.code), ...records.verify());
    records.close();
  }
  rmSync(dir, { recursive: true, force: true });
  const calls = readAcks(told).size;
  report.check(`R3 ${killed} kills, ${told.length} acknowledged notes in ${calls} calls (${runner.name})`, killed >= kills * 0.95 && told.length >= acks && lost === 0, `${lost} lost`);
  report.check('R3 no false alarm after a kill', alarms.length === 0, alarms.join(', '));
  report.check('R3 the writer worked as fast as it could', told.length / Math.max(1, killed) > NOTES_PER_CALL, `${Math.round(told.length / Math.max(1, killed))} notes a life`);
}

if (import.meta.main) {
  const report = createReport();
  await killLoop(report, { kills: 160, acks: 52_000, lookEvery: 20, seed: 7 });
  report.finish();
}
