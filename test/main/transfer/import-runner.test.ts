import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRefusedRows } from '#main/features/transfer/index.ts';
import { createWriteGate, untilHeld } from '#main/processes/import-gate.ts';
import { createImportRunner, type ImportRunnerOptions } from '#main/processes/import-runner.ts';
import type { ChildPort, FromChild, ToChild } from '#main/processes/protocol.ts';
import type { Reading } from '#shared/domain/transfer/reading.ts';
import type { Mapping } from '#shared/domain/transfer/targets.ts';
import { tempDir } from './helpers.ts';

describe('writes while an import has the lock', () => {
  it('wait, keep their order, and are all done afterwards, also when one of them fails', () => {
    const errors: unknown[] = [];
    const gate = createWriteGate((cause) => errors.push(cause));
    const done: number[] = [];
    gate.run(() => done.push(1));
    gate.hold();
    gate.run(() => done.push(2));
    gate.run(() => {
      throw new Error('third');
    });
    gate.run(() => done.push(4));
    expect(done).toEqual([1]);
    gate.release();
    expect(done).toEqual([1, 2, 4]);
    expect(errors).toHaveLength(1);
    gate.run(() => done.push(5));
    expect(done).toEqual([1, 2, 4, 5]);
  });

  it('end background work between two steps', () => {
    const gate = createWriteGate(() => undefined);
    let steps = 0;
    const work = (function* () {
      while (true) {
        steps++;
        yield;
      }
    })();
    const guarded = untilHeld(work, gate);
    guarded.next();
    guarded.next();
    gate.hold();
    expect(guarded.next().done).toBe(true);
    expect(steps).toBe(2);
  });
});

const reading: Reading = { format: 'csv', gzip: false, encoding: 'utf-8', delimiter: ',', newline: '\n', columns: ['sku', 'name'] };
const mapping: Mapping = { columns: [], decimal: 'auto', priceUnit: 'major', categorySeparator: 'none', existing: 'merge' };
const work = { kind: 'catalogue' as const, reading, mapping };
const file = { token: 't', path: '/x/list.csv', name: 'list.csv', size: 1, changedAt: 0, reading };

/** An import process played by the test: it says what it is told to and can be shot. */
function stage({ committed = false, held = true }: { committed?: boolean; held?: boolean } = {}) {
  const dir = tempDir();
  const asked: string[] = [];
  const jobs: string[] = [];
  const sent: ToChild[] = [];
  let changed = 0;
  let say = (_message: FromChild): void => undefined;
  let exit = (): void => undefined;
  const child: ChildPort = {
    post: (message) => {
      sent.push(message);
      if (message.type === 'init') queueMicrotask(() => say({ type: 'ready' }));
    },
    onMessage: (listener) => {
      say = listener;
    },
    onExit: (listener) => {
      exit = () => listener(9);
    },
    kill: () => queueMicrotask(() => exit()),
    pid: 1,
  };
  const options: ImportRunnerOptions = {
    spawn: () => child,
    config: { dataDir: dir, resourcesDir: dir },
    knowledge: (route) => {
      asked.push(route);
      return Promise.resolve(route === 'writes.hold' ? { held } : { committed }) as never;
    },
    onJob: (job) => jobs.push(job.state),
    onChanged: () => changed++,
    log: () => undefined,
  };
  const runner = createImportRunner(options);
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  };
  return { dir, runner, asked, jobs, sent, say: (message: FromChild) => say(message), exit: () => exit(), settled, changed: () => changed };
}

describe('an import', () => {
  it('holds the writes of the knowledge process from its beginning to its end, whatever the end', async () => {
    const counts = { rows: 2, added: 1, changed: 1, same: 0, refused: 0 };
    const it1 = stage({ committed: true });
    expect((await it1.runner.start(file, work)).ok).toBe(true);
    expect(it1.asked).toEqual(['writes.hold']);
    await it1.settled();
    it1.say({ type: 'reply', id: 'task', ok: true, data: { ok: true, cancelled: false, counts } });
    await it1.settled();
    expect(it1.asked).toEqual(['writes.hold', 'writes.release']);
    expect(it1.runner.state('catalogue')).toMatchObject({ state: 'ended', result: { state: 'done', counts } });
    expect([it1.jobs, it1.changed()]).toEqual([['done'], 1]);

    const it2 = stage();
    await it2.runner.start(file, work);
    await it2.settled();
    it2.exit();
    await it2.settled();
    expect(it2.asked).toEqual(['writes.hold', 'writes.release']);
    expect(it2.runner.state('catalogue')).toMatchObject({ result: { state: 'failed', reason: 'stopped' } });
    expect(it2.changed()).toBe(0);
  });

  it('believes the database, not the process: killed after its commit it is done', async () => {
    const one = stage({ committed: true });
    const started = await one.runner.start(file, work);
    await one.settled();
    if (started.ok) one.runner.cancel(started.job);
    one.exit();
    await one.settled();
    expect(one.runner.state('catalogue')).toMatchObject({ result: { state: 'done' } });
    expect(one.changed()).toBe(1);
  });

  it('is alone, and does not start while the index is rebuilt', async () => {
    const one = stage();
    await one.runner.start(file, work);
    expect(await one.runner.start(file, work)).toEqual({ ok: false, reason: 'busy' });
    const two = stage({ held: false });
    expect(await two.runner.start(file, work)).toEqual({ ok: false, reason: 'rebuilding' });
    expect(two.runner.state('catalogue')).toEqual({ state: 'none' });
  });

  it('ends when the knowledge process is gone, and when the app closes', async () => {
    for (const end of ['knowledgeLost', 'close'] as const) {
      const one = stage();
      await one.runner.start(file, work);
      await one.settled();
      await one.runner[end]();
      await one.settled();
      expect(one.asked.at(-1)).toBe('writes.release');
      expect(one.runner.state('catalogue')).toMatchObject({ state: 'ended', result: { state: end === 'close' ? 'cancelled' : 'failed' } });
    }
  });
});

describe('the report of refused rows', () => {
  const rows = [
    { row: 4, problems: [{ code: 'missing-name', column: 'name', value: '' }] },
    { row: 9, problems: [{ code: 'not-a-number', column: 'price', value: '=HYPERLINK("http://x")' }, { code: 'other', column: 'a, b', value: '-12.50' }] },
  ];

  it('is read in pages and saved whole, with nothing a spreadsheet would run', async () => {
    const dir = tempDir();
    mkdirSync(join(dir, 'imports'));
    const source = join(dir, 'imports', 'x.ndjson');
    writeFileSync(source, rows.map((row) => JSON.stringify(row)).join('\n'));
    const report = createRefusedRows(source);
    expect((await report.read(1, 5)).map(({ row }) => row)).toEqual([9]);
    await report.saveCsv(join(dir, 'out.csv'), { header: ['Row', 'Column', 'Value', 'Problem'], sentence: ({ code }) => code });
    expect(readFileSync(join(dir, 'out.csv'), 'utf8')).toBe('\ufeffRow,Column,Value,Problem\r\n4,name,,missing-name\r\n9,price,"\'=HYPERLINK(""http://x"")",not-a-number\r\n9,"a, b",-12.50,other\r\n');
    report.remove();
    expect(existsSync(source)).toBe(false);
    expect(await report.read(0, 5)).toEqual([]);
  });

  it('leaves no half file where it cannot be written', async () => {
    const dir = tempDir();
    await expect(createRefusedRows(join(dir, 'none')).saveCsv(join(dir, 'no-folder', 'out.csv'), { header: [], sentence: () => '' })).rejects.toThrow('ENOENT');
  });
});
