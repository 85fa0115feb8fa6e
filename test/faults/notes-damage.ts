import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordsMigrations } from '#main/db/migrations/records/index.ts';
import { openDatabase } from '#main/db/open.ts';
import { openRecords, type OpenedRecords } from '#main/db/open-records.ts';
import { createLedger } from '#main/db/ledger.ts';
import { checkBackup, createBackups } from '#main/db/backup.ts';
import { callRestorers, createCallsService } from '#main/features/calls/index.ts';
import { systemClock } from '#main/lib/clock.ts';
import { silentLogger } from '#main/lib/logger.ts';
import { seeded } from '#test/helpers/seeded.ts';
import { runWriter, scratchDir, writerRunner, type Runner } from './lib/children.ts';
import { lostIn, openProduct, readAcks } from './lib/records.ts';
import { createReport, type Report } from './lib/report.ts';

const KEY = Buffer.alloc(32, 0x29);
const HEX = KEY.toString('hex');

/** A folder whose 200 newest notes are in the WAL only: the writer was killed before any checkpoint. */
function killedFolder(runner: Runner, count = 200): { dir: string; acks: Map<string, number> } {
  const dir = scratchDir('wal');
  const first = runWriter(runner, [dir, HEX, '--count=20', '--tag=before']);
  const second = runWriter(runner, [dir, HEX, `--count=${count}`, '--tag=c', '--hold-wal', '--die']);
  return { dir, acks: readAcks([...first.lines, ...second.lines]) };
}

const WAL_DAMAGES: Record<string, (wal: string) => void> = {
  'cut in half': (wal) => truncateSync(wal, Math.floor(statSync(wal).size / 2)),
  deleted: (wal) => rmSync(wal),
  'one bit flipped at the start': (wal) => flip(wal, 60),
  'one bit flipped in the middle': (wal) => flip(wal, Math.floor(statSync(wal).size / 3)),
  'filled with zeros': (wal) => writeFileSync(wal, Buffer.alloc(statSync(wal).size)),
};

function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at]! ^= 1;
  writeFileSync(file, bytes);
}

/** R7: five damages to the WAL, five alarms, every note back from the journal. */
export async function walDamage(report: Report): Promise<void> {
  const runner = await writerRunner();
  for (const [name, damage] of Object.entries(WAL_DAMAGES)) {
    const { dir, acks } = killedFolder(runner);
    damage(join(dir, 'records.db-wal'));
    const records = openProduct(dir, KEY);
    const alarms = records.messages.filter((message) => message.severity === 'problem').map((message) => message.code);
    const all = [...acks.values()].reduce((sum, count) => sum + count, 0);
    const lost = lostIn(records.db, acks);
    report.check(`R7 WAL ${name}`, alarms.length > 0 && lost === 0 && all >= 200, `${all - lost} of ${all} notes, ${alarms.join(', ')}`);
    records.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

type Broken = { name: string; harm: (dir: string) => (() => void) | undefined; key?: Buffer | undefined };

const BROKEN: readonly Broken[] = [
  { name: 'garbage', harm: (dir) => {
    writeFileSync(join(dir, 'records.db'), Buffer.alloc(200_000, 'g'));
    return undefined;
  } },
  { name: '0 bytes', harm: (dir) => {
    truncateSync(join(dir, 'records.db'), 0);
    return undefined;
  } },
  { name: 'WAL only', harm: (dir) => {
    rmSync(join(dir, 'records.db'));
    writeFileSync(join(dir, 'records.db-wal'), Buffer.alloc(50_000, 'w'));
    return undefined;
  } },
  { name: 'read-only folder', harm: (dir) => {
    if (process.getuid?.() !== 0) {
      chmodSync(dir, 0o500);
      return () => chmodSync(dir, 0o700);
    }
    // Root may write anywhere but to a read-only mount.
    execFileSync('mount', ['--bind', dir, dir]);
    execFileSync('mount', ['-o', 'remount,ro,bind', dir]);
    return () => void execFileSync('umount', [dir]);
  } },
  { name: 'too new', harm: (dir) => {
    const db = openDatabase({ file: join(dir, 'records.db'), kind: 'records', key: KEY });
    db.pragma('user_version = 500');
    db.close();
    return undefined;
  } },
  { name: 'wrong key', harm: () => undefined, key: Buffer.alloc(32, 1) },
  { name: 'missing key', harm: () => undefined, key: undefined },
  { name: 'locked', harm: (dir) => {
    const db = openDatabase({ file: join(dir, 'records.db'), kind: 'records', key: KEY });
    db.exec('BEGIN IMMEDIATE');
    return () => {
      db.exec('ROLLBACK');
      db.close();
    };
  } },
];

function contents(dir: string): Set<string> {
  const hashes = new Set<string>();
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /-shm$|\.open$/.test(entry.name)) continue;
    hashes.add(createHash('sha256').update(readFileSync(join(entry.parentPath, entry.name))).digest('hex'));
  }
  return hashes;
}

/** R8: eight broken states. A note can be typed within three seconds, no content disappears, what was saved comes back when the state is cured. */
export async function brokenStates(report: Report): Promise<void> {
  const runner = await writerRunner();
  for (const state of BROKEN) {
    const dir = scratchDir('broken');
    const before = readAcks(runWriter(runner, [dir, HEX, '--count=60', '--backup', '--tag=old']).lines);
    let undo: (() => void) | undefined;
    try {
      undo = state.harm(dir);
    } catch {
      report.skip(`R8 ${state.name}`, 'this user can make no read-only folder');
      continue;
    }
    const kept = state.name === 'locked' ? undefined : contents(dir);
    const began = performance.now();
    const records = openRecords({ dir, key: 'key' in state ? state.key : KEY, clock: systemClock, log: silentLogger, migrations: recordsMigrations, restorers: callRestorers, fallbackDir: scratchDir('fallback') });
    const saved = typeNote(records);
    const ms = performance.now() - began;
    const gone = kept === undefined ? 0 : [...kept].filter((hash) => !contents(dir).has(hash)).length;
    // The journal goes on growing in the states that use it: that is no loss.
    const journalGrew = records.state === 'restored' || records.state === 'rebuilt-from-journal' || records.state === 'ok' ? 1 : 0;
    const told = records.state === 'ok' || records.messages.length > 0;
    records.close();
    undo?.();
    report.check(`R8 ${state.name}`, saved && ms <= 3_000 && gone <= journalGrew && told, `${records.state}, typed after ${Math.round(ms)} ms, ${Math.max(0, gone - journalGrew)} files lost`);
    if (records.state === 'restored') {
      const again = openProduct(dir, KEY);
      report.check(`R8 ${state.name}: everything is back`, lostIn(again.db, before) === 0);
      again.close();
    }
    rmSync(dir, { recursive: true, force: true });
  }
}

function typeNote(records: OpenedRecords): boolean {
  const calls = createCallsService({ db: records.db, journal: records.journal, clock: systemClock, ledger: createLedger({ db: records.db, journal: records.journal, clock: systemClock }) });
  const { id } = calls.start('typed-start', { direction: 'in' });
  calls.saveNote('typed-save', { callId: id, text: 'the caller is still there', seq: 1 });
  return calls.get(id)?.note.text === 'the caller is still there';
}

/** R6, R9, R10: damage is seen, never copied over a good backup, and the newest good one comes back whole. */
export async function backupDamage(report: Report, { flips, cycles }: { flips: number; cycles: number }): Promise<void> {
  const runner = await writerRunner();
  const dir = scratchDir('backup');
  const acks = readAcks(runWriter(runner, [dir, HEX, '--count=200', '--backup']).lines);
  const file = join(dir, 'records.db');
  const sound = readFileSync(file);
  const random = seeded(11);
  let seen = 0;
  for (let n = 0; n < flips; n += 1) {
    const copy = Buffer.from(sound);
    copy[Math.floor(random() * copy.length)]! ^= 1 << Math.floor(random() * 8);
    const flipped = join(dir, 'flipped.db');
    writeFileSync(flipped, copy);
    if (checkBackup(flipped, KEY).length > 0) seen += 1;
    rmSync(flipped);
  }
  report.check(`R6 ${flips} flipped bits`, seen === flips, `${seen} seen`);
  flip(file, 4096 * 12 + 99);
  const bad = openDatabase({ file, kind: 'records', key: KEY });
  let time = Date.now();
  const backups = createBackups(bad, join(dir, 'backups'), KEY, { now: () => time });
  const names = backups.list().map((backup) => backup.file);
  let refused = 0;
  for (let n = 0; n < cycles; n += 1) {
    time += 86_400_000;
    if (!backups.make().ok) refused += 1;
  }
  bad.close();
  const still = backups.list().map((backup) => backup.file);
  report.check(`R9 ${cycles} backup cycles of a damaged database`, refused === cycles && still.join() === names.join() && checkBackup(names[0] ?? '', KEY).length === 0, `${refused} refused`);
  rmSync(join(dir, 'notes.journal'));
  writeFileSync(join(dir, 'records.open'), '');
  const restored = openProduct(dir, KEY);
  report.check('R10 the newest good backup alone brings every row back', restored.state === 'restored' && lostIn(restored.db, acks) === 0 && existsSync(join(dir, 'set-aside')), restored.state);
  restored.close();
  rmSync(dir, { recursive: true, force: true });
}

if (import.meta.main) {
  const report = createReport();
  await walDamage(report);
  await brokenStates(report);
  await backupDamage(report, { flips: 400, cycles: 40 });
  report.finish();
}
