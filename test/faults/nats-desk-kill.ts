import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, quickCheck } from '#main/db/open.ts';
import { createInstalledRepository, createLiveRepository } from '#main/features/channels/index.ts';
import { openSearchIndex } from '#main/features/search/index.ts';
import { openLiveDesk, openLiveShop, priced, type LiveShop } from '../helpers/live-shop.ts';
import { NATS_SERVER, startChannelServer } from '../helpers/nats-server.ts';
import { buildShim, scratchDir, startWriter, writerRunner, type Runner } from './lib/children.ts';
import { createReport, type Report } from './lib/report.ts';

export type DeskKillOptions = { kills: number; records: number };

/** Sequence number of each record's newest change, as the server has them. */
async function sequences(shop: LiveShop): Promise<Map<string, number>> {
  const { live } = shop.source;
  const found = new Map<string, number>();
  const where = await live?.position();
  if (live === undefined || where === undefined) throw new Error('the server cannot be asked');
  for await (const { changes } of live.after({ epoch: where.epoch, seq: 0 }, 500_000)) for (const { name, seq } of changes) found.set(name, seq);
  return found;
}

/** What is wrong with a desk's file after a death; undefined: exactly what its position says is in use, in records, search and news alike. */
function wrongWith(file: string, expected: ReadonlyMap<string, number>): string | undefined {
  const db = openDatabase({ file, kind: 'knowledge', mustExist: true });
  try {
    const damage = quickCheck(db);
    if (damage.length > 0) return `damaged: ${damage[0]}`;
    const seq = createLiveRepository(db).cursor('nats', 'shop')?.seq ?? 0;
    const wanted = [...expected].filter(([, at]) => at <= seq).map(([name]) => name.slice('product/'.length)).toSorted();
    const found = db.prepare<[], string>("SELECT key FROM record WHERE kind = 'product' AND json ->> '$.price.amount' = 200 ORDER BY key").pluck().all().toSorted();
    if (JSON.stringify(found) !== JSON.stringify(wanted)) return `position ${seq} stands for ${wanted.length} changes, ${found.length} are in use`;
    const signed = db.prepare<[], number>('SELECT count(*) FROM signed_record WHERE ver = 2').pluck().get();
    if (signed !== wanted.length) return `${signed} signed records of ${wanted.length}`;
    const told = createInstalledRepository(db).log(0, 10).filter(({ first }) => !first).reduce((sum, { counts }) => sum + (counts.product?.changed ?? 0), 0);
    if (told !== wanted.length) return `news tell of ${told} changes, ${wanted.length} are in use`;
    if (!openSearchIndex({ db, clock: Date.now }).integrityCheck().ok) return 'the search index does not fit';
    return undefined;
  } finally {
    db.close();
  }
}

type Run = { completed: boolean; killed: boolean };

function follow(runner: Runner, dir: string, url: string, env: Record<string, string>): Promise<Run> {
  return new Promise((resolve) => {
    let completed = false;
    const child = startWriter({ ...runner, env: { ...runner.env, ...env } }, [dir, url, '2'], (line) => {
      completed ||= line === 'complete';
    });
    const late = setTimeout(() => child.kill('SIGKILL'), 60_000);
    child.once('exit', (_code, signal) => {
      clearTimeout(late);
      resolve({ completed, killed: signal === 'SIGKILL' });
    });
  });
}

/** Kills a desk before its n-th change to the disk while it catches up, for n spread over all of them. */
export async function deskKills(report: Report, { kills, records }: DeskKillOptions): Promise<void> {
  const name = `a desk killed at ${kills} of its writes in mid-apply goes on where it stopped: no gap, nothing twice (${records} changes)`;
  const shim = buildShim();
  if (NATS_SERVER === undefined || shim === undefined) return report.skip(name, NATS_SERVER === undefined ? 'no nats-server' : 'no C compiler or no LD_PRELOAD');
  const runner = await writerRunner('live-desk');
  const server = await startChannelServer();
  const dir = scratchDir('live');
  try {
    mkdirSync(join(dir, 'base'));
    const shop = await openLiveShop(server.url, join(dir, 'shop'));
    const skus = Array.from({ length: records }, (_, at) => `P-${at}`);
    await shop.publish(skus.map((sku) => priced(sku, 100)), false);
    const base = await openLiveDesk(shop, server.url, join(dir, 'base'));
    await base.follower.catchUp();
    await base.close();
    await shop.publish(skus.map((sku) => priced(sku, 200)));
    const expected = await sequences(shop);
    const desk = join(dir, 'desk');
    const fresh = (): void => {
      rmSync(desk, { recursive: true, force: true });
      cpSync(join(dir, 'base'), desk, { recursive: true });
    };
    const env = { LD_PRELOAD: shim, FAULT_DIR: desk };
    fresh();
    const counted = join(dir, 'count');
    const whole = await follow(runner, desk, server.url, { ...env, FAULT_COUNT: counted });
    const writes = Number(readFileSync(counted, 'utf8'));
    report.check('a desk that is left alone takes every change', whole.completed && wrongWith(join(desk, 'knowledge.db'), expected) === undefined, `${writes} writes`);

    const wrong: string[] = [];
    let killed = 0;
    let longestMs = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const at = 1 + Math.floor((kill * (writes - 1)) / Math.max(1, kills - 1));
      fresh();
      const run = await follow(runner, desk, server.url, { ...env, FAULT_AT: String(at), FAULT_KILL: '1' });
      if (run.killed) killed += 1;
      const after = wrongWith(join(desk, 'knowledge.db'), expected);
      const begun = performance.now();
      const again = await follow(runner, desk, server.url, {});
      longestMs = Math.max(longestMs, performance.now() - begun);
      const end = wrongWith(join(desk, 'knowledge.db'), expected);
      if (after !== undefined) wrong.push(`at write ${at}: ${after}`);
      else if (!again.completed || end !== undefined) wrong.push(`after write ${at}, started again: ${end ?? 'not complete'}`);
    }
    report.check(name, killed >= kills * 0.9 && wrong.length === 0, wrong.length > 0 ? wrong.slice(0, 3).join('; ') : `${killed} killed of ${writes} writes; complete again ${Math.round(longestMs)} ms after its start at the latest`);
    await shop.source.close();
  } finally {
    await server.cleanUp();
  }
}

if (import.meta.main) {
  const report = createReport();
  await deskKills(report, { kills: 120, records: 600 });
  report.finish();
}
