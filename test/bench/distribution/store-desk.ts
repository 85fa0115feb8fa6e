import { join } from 'node:path';
import { checkpointTruncate, openDatabase } from '../../../src/main/db/open.ts';
import { openNats, type LiveChange, type Position } from '../../../src/main/features/channels/index.ts';

export type BenchDesk = {
  /** Asks for everything, and ends when there is no more. Returns how many records came. */
  catchUp(): Promise<number>;
  /** Moves what was written into the file. */
  settle(): void;
  close(): Promise<void>;
};
export type BenchDeskOptions = { dir: string; name: string; servers: readonly string[]; onFollowing: () => void; onApplied: (changes: readonly string[]) => void };

const BATCH_BYTES = 512 * 1024;

/**
 * The prototype's unit of work with the channel's real code: records and position of each batch in one transaction of
 * a real file, signatures not looked at, nothing indexed. What the whole desk costs on top is measured by `desk`.
 */
export function openStoreDesk({ dir, name, servers, onFollowing, onApplied }: BenchDeskOptions): BenchDesk {
  const db = openDatabase({ file: join(dir, `${name}.db`), kind: 'knowledge' });
  db.exec('CREATE TABLE record (name TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT; CREATE TABLE cursor (id INTEGER PRIMARY KEY CHECK (id = 1), epoch TEXT NOT NULL, seq INTEGER NOT NULL) STRICT');
  const put = db.prepare<[string, Uint8Array]>('INSERT INTO record (name, bytes) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes');
  const move = db.prepare<[string, number]>('INSERT INTO cursor (id, epoch, seq) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq');
  const source = openNats({ servers, user: name });
  const { live } = source;
  if (live === undefined) throw new Error('this channel has no live side');
  let position: Position = { epoch: '', seq: 0 };
  let waiting: LiveChange[] = [];
  let catching: Promise<number> | undefined;
  let planned = false;
  /** What comes with the first catch-up is counted, not told one by one. */
  let told = false;

  const commit = db.transaction((changes: readonly LiveChange[], to: Position) => {
    for (const change of changes) put.run(change.name, change.bytes);
    move.run(to.epoch, to.seq);
  });
  const apply = (changes: readonly LiveChange[], to: Position): void => {
    commit(changes, to);
    position = to;
  };
  const flush = (): void => {
    planned = false;
    if (catching !== undefined) return;
    const fresh = waiting.filter(({ seq }) => seq > position.seq);
    waiting = [];
    const last = fresh.at(-1);
    if (last === undefined) return;
    apply(fresh, { epoch: position.epoch, seq: last.seq });
    onApplied(fresh.map((change) => change.name));
  };
  const catchUp = async (): Promise<number> => {
    if (position.epoch === '') position = { epoch: (await live.position())?.epoch ?? '', seq: 0 };
    let records = 0;
    for await (const batch of live.after(position, BATCH_BYTES)) {
      apply(batch.changes, batch.position);
      records += batch.changes.length;
      if (told) onApplied(batch.changes.map((change) => change.name));
    }
    told = true;
    return records;
  };
  const begin = (): Promise<number> => {
    catching ??= catchUp().finally(() => {
      catching = undefined;
      flush();
    });
    return catching;
  };
  const stop = live.subscribe((event) => {
    if (event.kind === 'connected') onFollowing();
    if (event.kind === 'gap') void begin();
    if (event.kind !== 'change') return;
    waiting.push(event.change);
    if (planned) return;
    planned = true;
    setImmediate(flush);
  });
  return {
    catchUp: begin,
    settle: () => void checkpointTruncate(db),
    close: async () => {
      stop();
      await source.close();
      db.close();
    },
  };
}
