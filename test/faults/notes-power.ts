import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readJournal } from '#main/db/journal.ts';
import { seeded } from '#test/helpers/seeded.ts';
import { buildShim, runWriter, scratchDir, writerRunner, type Runner } from './lib/children.ts';
import { createDisk, readDiskLog, type CutMode, type DiskOp } from './lib/disk-log.ts';
import { lostIn, lostInFile, openProduct, readAcks } from './lib/records.ts';
import { createReport, type Report } from './lib/report.ts';

const KEY = Buffer.alloc(32, 0x5c);

type Losses = { cuts: number; database: number; journal: number; product: number; unsound: number };

function recordRun(runner: Runner, shim: string, notes: number, extra: readonly string[]): { dir: string; ops: DiskOp[] } {
  const dir = scratchDir('power');
  const log = `${dir}.log`;
  runWriter(runner, [dir, KEY.toString('hex'), `--count=${notes}`, '--acks', '--checkpoint=67', ...extra], { LD_PRELOAD: shim, FAULT_DIR: dir, FAULT_LOG: log });
  const ops = readDiskLog(log);
  rmSync(log);
  return { dir, ops };
}

/** Cuts the power at random places of a recorded run and looks what is left of the acknowledged notes. */
function replayCuts(recorded: { dir: string; ops: DiskOp[] }, cuts: number, seed: number, wholeProduct: boolean): Losses {
  const random = seeded(seed);
  const places = new Set([...Array(cuts).keys()].map(() => Math.floor(random() * recorded.ops.length)));
  const disk = createDisk();
  const modes: CutMode[] = ['drop', 'some', 'torn'];
  const losses: Losses = { cuts: 0, database: 0, journal: 0, product: 0, unsound: 0 };
  let acked = '';
  for (const [index, op] of recorded.ops.entries()) {
    if (places.has(index)) lookAfterCut(disk.afterCut(modes[losses.cuts % 3] ?? 'drop', random), acked, losses, wholeProduct);
    if (basename(op.path) === 'acks' && op.type === 'write') acked += op.data.toString('utf8');
    else disk.apply(op);
  }
  return losses;
}

function lookAfterCut(files: Map<string, Buffer>, acked: string, losses: Losses, wholeProduct: boolean): void {
  losses.cuts += 1;
  const dir = scratchDir('cut');
  for (const [path, content] of files) writeFileSync(join(dir, basename(path)), content);
  writeFileSync(join(dir, 'records.open'), '');
  const acks = readAcks(acked.split('\n'));
  const journal = join(dir, 'notes.journal');
  const inJournal = existsSync(journal) ? readJournal({ file: journal, key: KEY }).records : [];
  const held = new Map<string, number>();
  for (const entry of inJournal.flatMap((record) => record.entries)) {
    if (entry.kind === 'note') held.set(entry.id, Math.max(held.get(entry.id) ?? 0, (entry.data as { seq: number }).seq));
  }
  for (const [call, seq] of acks) losses.journal += Math.max(0, seq - (held.get(call) ?? 0));
  const copy = join(dir, 'alone');
  mkdirSync(copy);
  for (const [path, content] of files) if (basename(path).startsWith('records.db')) writeFileSync(join(copy, basename(path)), content);
  const alone = join(copy, 'records.db');
  losses.database += acks.size === 0 ? 0 : lostInFile(alone, KEY, acks);
  if (wholeProduct) {
    const records = openProduct(dir, KEY);
    losses.product += lostIn(records.db, acks);
    losses.unsound += records.verify().length + (records.state === 'ok' || records.state === 'new' || acks.size === 0 ? 0 : 1);
    records.close();
  }
  rmSync(dir, { recursive: true, force: true });
}

/** R1, R2: what was acknowledged survives a power cut; with NORMAL it would not. */
export async function powerCuts(report: Report, { cuts, seeds, notes }: { cuts: number; seeds: number; notes: number }): Promise<void> {
  const shim = buildShim();
  if (shim === undefined) return report.skip('R1 power cuts', 'needs Linux and a C compiler');
  const runner = { ...(await writerRunner()) };
  const full = recordRun(runner, shim, notes, []);
  for (let seed = 1; seed <= seeds; seed += 1) {
    const lost = replayCuts(full, cuts, seed, true);
    report.check(`R1 ${lost.cuts} power cuts, seed ${seed}`, lost.product === 0 && lost.database === 0 && lost.journal === 0 && lost.unsound === 0, JSON.stringify(lost));
  }
  checkSyncs(report, full.ops, notes);
  const normal = recordRun(runner, shim, notes, ['--normal']);
  const lost = replayCuts(normal, cuts, 1, true);
  report.check('R1 control: with NORMAL the database alone loses notes, so the test bites', lost.database > 0, `${lost.database} lost in ${lost.cuts} cuts`);
  report.check('R1 control: the journal brings even those back', lost.product === 0 && lost.journal === 0, JSON.stringify(lost));
}

/** R2: between two acknowledgements both the WAL and the journal were synced. */
function checkSyncs(report: Report, ops: readonly DiskOp[], notes: number): void {
  let wal = 0;
  let journal = 0;
  let acks = 0;
  let unsynced = 0;
  for (const op of ops) {
    const name = basename(op.path);
    if (op.type === 'sync' && name === 'records.db-wal') wal += 1;
    if (op.type === 'sync' && name === 'notes.journal') journal += 1;
    if (op.type !== 'write' || name !== 'acks') continue;
    acks += 1;
    if (wal === 0 || journal === 0) unsynced += 1;
    wal = 0;
    journal = 0;
  }
  report.check('R2 every acknowledgement comes after a sync of WAL and journal', acks === notes && unsynced === 0, `${acks} acknowledgements, ${unsynced} without`);
}

if (import.meta.main) {
  const report = createReport();
  await powerCuts(report, { cuts: 700, seeds: 3, notes: 400 });
  report.finish();
}
