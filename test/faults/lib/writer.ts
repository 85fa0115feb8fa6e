import { appendFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createLedger } from '#main/db/ledger.ts';
import { recordsMigrations } from '#main/db/migrations/records/index.ts';
import { checkpointTruncate } from '#main/db/open.ts';
import { openRecords, type OpenedRecords } from '#main/db/open-records.ts';
import { callRestorers, createCallsService } from '#main/features/calls/index.ts';
import { followUpRestorer } from '#main/features/follow-ups/index.ts';
import { systemClock } from '#main/lib/clock.ts';
import { silentLogger } from '#main/lib/logger.ts';

/*
 * The process that gets killed, starved and lied to. It opens the records as the product does and
 * saves notes as fast as it can, telling of each acknowledgement on standard output and, with
 * --acks, in a file the disk shim sees.
 *
 *   writer.ts DIR KEY [--from=N] [--count=N] [--acks] [--normal] [--hold-wal] [--checkpoint=N] [--backup] [--die] [--keep-going] [--tag=T]
 */
const [dir = '', keyHex = '', ...flags] = process.argv.slice(2);
const flag = (name: string): string | undefined => flags.find((text) => text === `--${name}` || text.startsWith(`--${name}=`))?.split('=')[1] ?? (flags.includes(`--${name}`) ? '' : undefined);
const number = (name: string, otherwise: number): number => Number(flag(name) ?? otherwise);

const NOTES_PER_CALL = 20;
/** After so many notes timers get a turn, as between two pauses of an agent: the journal makes its room then. */
const NOTES_PER_TURN = 13;
const TURN_MS = 6;

function open(): OpenedRecords {
  const key = keyHex === '' || keyHex === '-' ? undefined : Buffer.from(keyHex, 'hex');
  return openRecords({ dir, key, clock: systemClock, log: silentLogger, migrations: recordsMigrations, restorers: [...callRestorers, followUpRestorer] });
}

/** Runs in plain Node and in Electron alike; a kill can come anywhere. */
async function write(records: OpenedRecords): Promise<void> {
  if (flag('hold-wal') !== undefined) records.db.pragma('wal_autocheckpoint = 0');
  if (flag('normal') !== undefined) records.db.pragma('synchronous = NORMAL');
  const ledger = createLedger({ db: records.db, journal: records.journal, clock: systemClock });
  const calls = createCallsService({ db: records.db, journal: records.journal, clock: systemClock, ledger });
  const from = number('from', 0);
  const until = from + number('count', Number.POSITIVE_INFINITY);
  const tag = flag('tag') ?? 'c';
  const every = number('checkpoint', 0);
  for (let n = from; n < until; n += 1) {
    const call = `${tag}${Math.floor(n / NOTES_PER_CALL)}`;
    const seq = (n % NOTES_PER_CALL) + 1;
    try {
      if (seq === 1 || n === from) calls.start(`start-${call}`, { id: call, direction: 'in', number: '+493012345678' });
      calls.saveNote(`note-${call}-${seq}`, { callId: call, text: `note ${call} ${seq} ${'words '.repeat(n % 40)}`, seq });
    } catch (cause) {
      tell(`refused ${cause instanceof Error && 'reason' in cause ? String(cause.reason) : String(cause)}`);
      if (flag('keep-going') === undefined) continue;
      n -= 1;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
      continue;
    }
    if (flag('acks') !== undefined) appendFileSync(join(dir, 'acks'), `${call} ${seq}\n`);
    tell(`ack ${call} ${seq}`);
    if (n % NOTES_PER_TURN === 0) await setTimeout(TURN_MS);
    if (every > 0 && n % every === every - 1) checkpointTruncate(records.db);
  }
}

function tell(line: string): void {
  writeSync(1, `${line}\n`);
}

const records = open();
tell(`open ${records.state} ${String(records.db.pragma('synchronous', { simple: true }))} ${process.versions['electron'] ?? 'node'}`);
await write(records);
if (flag('backup') !== undefined) tell(`backup ${records.backups.make().ok}`);
if (flag('die') !== undefined) process.kill(process.pid, 'SIGKILL');
records.close();
tell('closed');
