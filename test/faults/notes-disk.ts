import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildShim, runWriter, scratchDir, startWriter, writerRunner, type Runner } from './lib/children.ts';
import { lostIn, openProduct, readAcks } from './lib/records.ts';
import { createReport, type Report } from './lib/report.ts';

const KEY = Buffer.alloc(32, 0x71);

function mountSmall(dir: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', dir], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

/** R4: a full disk. Every acknowledged note has its row, refusals say why, and it goes on when there is room again. */
export async function diskFull(report: Report): Promise<void> {
  const runner = await writerRunner();
  const dir = scratchDir('full');
  if (!mountSmall(dir)) return report.skip('R4 full disk', 'a small tmpfs cannot be mounted here');
  try {
    const ballast = join(dir, 'ballast');
    const lines: string[] = [];
    const data = join(dir, 'data');
    mkdirSync(data);
    writeFileSync(ballast, Buffer.alloc(1_500_000));
    const child = startWriter(runner, [data, KEY.toString('hex'), '--keep-going'], (line) => lines.push(line));
    const refused = (): string[] => lines.filter((line) => line.startsWith('refused'));
    for (let n = 0; n < 600 && refused().length < 20; n += 1) await wait(50);
    const acksWhenFull = lines.filter((line) => line.startsWith('ack')).length;
    report.check('R4 a full disk is told as such', refused().length >= 20 && refused().every((line) => line === 'refused disk-full'), `${acksWhenFull} saved, then ${refused().length} refusals: ${[...new Set(refused())].join(', ')}`);
    rmSync(ballast);
    for (let n = 0; n < 600 && lines.filter((line) => line.startsWith('ack')).length < acksWhenFull + 50; n += 1) await wait(50);
    const after = lines.filter((line) => line.startsWith('ack')).length;
    report.check('R4 saving goes on when there is room again, in the same process', after >= acksWhenFull + 50, `${after - acksWhenFull} more saved`);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    checkRows(report, data, lines);
  } finally {
    execFileSync('umount', ['-l', dir]);
    rmSync(dir, { recursive: true, force: true });
  }
}

function checkRows(report: Report, data: string, lines: readonly string[]): void {
  const copy = scratchDir('full-copy');
  for (const name of readdirSync(data)) if (!name.endsWith('-shm')) execFileSync('cp', ['-r', join(data, name), copy]);
  const records = openProduct(copy, KEY);
  const acks = readAcks(lines);
  const lost = lostIn(records.db, acks);
  // The kill may fall between a commit and its telling: one note more than was told.
  const rows = Number(records.db.prepare('SELECT coalesce(sum(seq), 0) FROM notes').pluck().get());
  const told = [...acks.values()].reduce((sum, count) => sum + count, 0);
  report.check('R4 rows are the acknowledged notes', lost === 0 && rows - told <= 1 && records.verify().length === 0, `${told} acknowledged, ${rows} there`);
  records.close();
  rmSync(copy, { recursive: true, force: true });
}

type Scenario = { name: string; prepare: (dir: string) => void; args: readonly string[] };

/** R5: one operation fails with an I/O error, at every place in turn. No acknowledgement without a row, and the next start is sound. */
export async function ioErrors(report: Report, { places }: { places: number }): Promise<void> {
  const shim = buildShim();
  if (shim === undefined) return report.skip('R5 I/O errors', 'needs Linux and a C compiler');
  const runner = await writerRunner();
  const used = scratchDir('used');
  runWriter(runner, [used, KEY.toString('hex'), '--count=60', '--tag=before', '--backup']);
  const broken = scratchDir('broken');
  copyFolder(used, broken);
  writeFileSync(join(broken, 'records.db'), 'garbage'.repeat(3_000));
  const scenarios: Scenario[] = [
    { name: 'first start and saving', prepare: () => undefined, args: ['--count=25', '--checkpoint=10'] },
    { name: 'saving and backup', prepare: (dir) => copyFolder(used, dir), args: ['--count=8', '--backup'] },
    { name: 'restore', prepare: (dir) => copyFolder(broken, dir), args: ['--count=5'] },
  ];
  for (const scenario of scenarios) failEverywhere(report, runner, shim, scenario, places);
}

function copyFolder(from: string, to: string): void {
  for (const name of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const target = join(to, join(name.parentPath, name.name).slice(from.length));
    if (name.isDirectory()) mkdirSync(target, { recursive: true });
    else {
      mkdirSync(join(target, '..'), { recursive: true });
      copyFileSync(join(name.parentPath, name.name), target);
    }
  }
}

function failEverywhere(report: Report, runner: Runner, shim: string, scenario: Scenario, places: number): void {
  const count = `${scratchDir('count')}/n`;
  const measured = scratchDir('measure');
  scenario.prepare(measured);
  runWriter(runner, [measured, KEY.toString('hex'), ...scenario.args], { LD_PRELOAD: shim, FAULT_DIR: measured, FAULT_COUNT: count });
  const total = existsSync(count) ? Number(readFileSync(count, 'utf8')) : 0;
  const stride = Math.max(1, Math.floor(total / places));
  let runs = 0;
  const bad: string[] = [];
  for (let at = 1; at <= total; at += stride) {
    for (const sticky of [false, true]) {
      const wrong = failOnce(runner, shim, scenario, at, sticky);
      runs += 1;
      if (wrong !== undefined) bad.push(`at ${at}${sticky ? ' and on' : ''}: ${wrong}`);
    }
  }
  rmSync(measured, { recursive: true, force: true });
  report.check(`R5 ${scenario.name}: ${runs} runs over ${total} operations`, total > 0 && bad.length === 0, bad.slice(0, 5).join(' | '));
}

function failOnce(runner: Runner, shim: string, scenario: Scenario, at: number, sticky: boolean): string | undefined {
  const dir = scratchDir('eio');
  try {
    scenario.prepare(dir);
    const env = { LD_PRELOAD: shim, FAULT_DIR: dir, FAULT_AT: String(at), ...(sticky ? { FAULT_STICKY: '1' } : {}) };
    const { lines, signal } = runWriter(runner, [dir, KEY.toString('hex'), '--tag=now', ...scenario.args], env);
    if (signal !== null) return `ended by ${signal}`;
    const opened = lines.find((line) => line.startsWith('open'));
    if (opened === undefined) return 'did not open';
    const records = openProduct(dir, KEY);
    // What is kept in memory only is acknowledged as such and promised to nobody.
    const lost = opened.startsWith('open memory') ? 0 : lostIn(records.db, readAcks(lines));
    const before = scenario.name === 'first start and saving' ? 0 : lostIn(records.db, new Map([['before0', 20]]));
    const unsound = records.verify();
    const state = records.state;
    records.close();
    if (lost > 0 || before > 0 || unsound.length > 0 || state === 'memory') return `${lost} lost, ${before} of before lost, ${unsound.length} problems, ${state}, was ${opened}`;
    return undefined;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const report = createReport();
  await diskFull(report);
  await ioErrors(report, { places: 60 });
  report.finish();
}
