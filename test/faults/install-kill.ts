import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, quickCheck } from '#main/db/open.ts';
import { createInstalledRepository } from '#main/features/channels/index.ts';
import { openSearchIndex } from '#main/features/search/index.ts';
import { buildShim, runWriter, scratchDir, writerRunner, type Runner } from './lib/children.ts';
import { createReport, type Report } from './lib/report.ts';

export type InstallKillOptions = { kills: number; records: number };

/** What a desk's knowledge is after a death: release 1 whole, release 2 whole, or something that must not be. */
function stateOf(file: string, records: number): string {
  const db = openDatabase({ file, kind: 'knowledge', mustExist: true });
  try {
    const damage = quickCheck(db);
    if (damage.length > 0) return `damaged: ${damage[0]}`;
    const release = createInstalledRepository(db).base('shop')?.release ?? 0;
    const prices = db.prepare<[], { price: number; n: number }>("SELECT json ->> '$.price.amount' AS price, count(*) AS n FROM record WHERE kind = 'product' GROUP BY 1 ORDER BY 1").all();
    const changed = Math.ceil(records / 10) + 1;
    const wanted = release === 1 ? [{ price: 100, n: records + 1 }] : [{ price: 100, n: records - changed + 1 }, { price: 200, n: changed }];
    if (JSON.stringify(prices) !== JSON.stringify(wanted)) return `release ${release} with ${JSON.stringify(prices)}`;
    const index = openSearchIndex({ db, clock: Date.now });
    const found = index.query({ text: 'lamp number 0 of release 2', limit: 1 }).hits[0]?.title ?? '';
    if (found.endsWith('release 2') !== (release === 2)) return `release ${release}, but the search says "${found}"`;
    if (!index.integrityCheck().ok) return `release ${release} with a search index that does not fit`;
    const logged = createInstalledRepository(db).log(0, 5).length;
    if (logged !== release) return `release ${release} with ${logged} releases in the log`;
    return release === 1 ? 'old' : 'new';
  } finally {
    db.close();
  }
}

const FILES = ['', '-wal', '-shm'];
function copyDesk(from: string, to: string): void {
  for (const suffix of FILES) {
    rmSync(`${to}${suffix}`, { force: true });
    if (existsSync(`${from}${suffix}`)) copyFileSync(`${from}${suffix}`, `${to}${suffix}`);
  }
}

/** Kills an install before its n-th change to the disk, for n spread over all of them: what is left is the old release or the new one. */
export async function installKills(report: Report, { kills, records }: InstallKillOptions): Promise<void> {
  const shim = buildShim();
  const name = `an install killed at ${kills} of its writes leaves the old or the new release (${records} records)`;
  if (shim === undefined) {
    report.skip(name, 'no C compiler or no LD_PRELOAD');
    return;
  }
  const runner: Runner = await writerRunner('installer');
  const dir = scratchDir('install');
  const base = join(dir, 'base.db');
  const desk = join(dir, 'desk', 'knowledge.db');
  const made = runWriter(runner, [base, '1', String(records)]);
  if (made.code !== 0) throw new Error('the first release could not be installed');
  mkdirSync(join(dir, 'desk'));
  const install = (env: Record<string, string>) => runWriter(runner, [desk, '2', String(records)], { LD_PRELOAD: shim, FAULT_DIR: join(dir, 'desk'), ...env });
  copyDesk(base, desk);
  const counted = join(dir, 'count');
  const whole = install({ FAULT_COUNT: counted });
  const writes = Number(readFileSync(counted, 'utf8'));
  report.check('an install that is left alone ends with the new release', whole.code === 0 && stateOf(desk, records) === 'new', `${writes} writes`);

  const seen = { old: 0, new: 0 };
  const wrong: string[] = [];
  let killed = 0;
  for (let kill = 0; kill < kills; kill++) {
    const at = 1 + Math.floor((kill * (writes - 1)) / Math.max(1, kills - 1));
    copyDesk(base, desk);
    const { signal } = install({ FAULT_AT: String(at), FAULT_KILL: '1' });
    if (signal === 'SIGKILL') killed += 1;
    const state = stateOf(desk, records);
    if (state === 'old' || state === 'new') seen[state] += 1;
    else wrong.push(`at write ${at}: ${state}`);
  }
  report.check(name, killed >= kills * 0.9 && wrong.length === 0 && seen.old > 0, wrong.length > 0 ? wrong.slice(0, 3).join('; ') : `${killed} killed, ${seen.old} old, ${seen.new} new, of ${writes} writes`);
}

if (import.meta.main) {
  const report = createReport();
  await installKills(report, { kills: 100, records: 3_000 });
  report.finish();
}
