import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type CatalogRow, docOf, readQueries, readRows } from './search/catalog.ts';
import { buildIndex, openDatabase } from './search/engine.ts';
import { enlarge } from './search/enlarge.ts';
import { answerable, createTimer, keystrokes, timeTyping } from './search/metrics.ts';
import { PEERS, peerRow } from './search/peers.ts';
import { openSearchIndex } from '#main/features/search/index.ts';

/**
 * Build, keystroke latency, one-row updates, memory and cold start at growing catalogues, against
 * FTS5 trigram in the same run. Build and latency are CPU time; `--probe FILE` is the cold start, run
 * in a fresh process.
 */
const { values } = parseArgs({
  options: {
    catalog: { type: 'string', default: '../shared/data/products-food.ndjson.gz' }, queries: { type: 'string', default: '../shared/data/products-food-queries.jsonl' },
    rows: { type: 'string', default: '100000,300000,1000000' }, out: { type: 'string' }, keystrokes: { type: 'string', default: '60' }, probe: { type: 'string' }, 'no-peer': { type: 'boolean', default: false },
  },
});
/** In a larger catalogue only every so many keystrokes are asked of the peer, which takes long. */
const PEER_EVERY = 4;
const LARGE = 300_000;
const mega = (bytes: number): number => Math.round(bytes / 104_857.6) / 10;

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const used = process.cpuUsage(before);
  return Math.round((used.user + used.system) / 10_000) / 100;
}

/** Cold start in this process: open, first answer, then a hundred typed queries; prints memory. */
async function probe(file: string): Promise<void> {
  const queries = await readQueries(values.queries);
  const base = process.memoryUsage.rss();
  const start = performance.now();
  const before = process.cpuUsage();
  const index = openSearchIndex({ db: openDatabase(file), clock: Date.now });
  index.query({ text: queries[7]?.query ?? '' });
  const coldMs = Math.round(performance.now() - start);
  const used = process.cpuUsage(before);
  for (const _ of index.warm()) continue;
  for (const text of keystrokes(queries, 60)) index.query({ text, limit: 10 });
  globalThis.gc?.();
  const memory = process.memoryUsage();
  console.log(JSON.stringify({ coldMs, coldCpuMs: Math.round((used.user + used.system) / 1_000), heapMB: mega(memory.heapUsed), rssMB: mega(memory.rss), rssBeforeMB: mega(base) }));
}

async function atSize(source: readonly CatalogRow[], count: number): Promise<Record<string, unknown>> {
  // What no row answers is asked of no agent's desk, and takes longest: the first rows alone answer few of the queries.
  const skus = new Set(source.slice(0, count).map((row) => String(row['sku'] ?? row['id'])));
  const typed = keystrokes(answerable(await readQueries(values.queries), skus), Number(values.keystrokes));
  const buildStart = process.cpuUsage();
  let making = 0;
  const timedRows = function* (): Generator<CatalogRow> {
    const rows = enlarge(source, count);
    for (;;) {
      const before = process.cpuUsage();
      const next = rows.next();
      const used = process.cpuUsage(before);
      making += used.user + used.system;
      if (next.done === true) return;
      yield next.value;
    }
  };
  const built = await buildIndex(timedRows());
  const total = process.cpuUsage(buildStart);
  const buildCpu = Math.round((total.user + total.system - making) / 10_000) / 100;
  // As the knowledge process does when it opens; the cold start has its own figure.
  for (const _ of built.index.warm()) continue;
  const typing = timeTyping(typed, 1, (text) => built.index.query({ text, limit: 10 }));
  const updating = createTimer();
  for (let i = 0; i < 200; i++) {
    const row = source[(i * 997) % source.length] ?? {};
    updating.run(() => built.index.apply({ put: [docOf({ ...row, name: `${String(row['name'])} new ${i}` })] }));
  }
  const cold = JSON.parse(execFileSync(process.execPath, ['--expose-gc', fileURLToPath(import.meta.url), '--probe', built.file, '--queries', values.queries], { encoding: 'utf8' })) as unknown;
  const result: Record<string, unknown> = { rows: count, buildCpuSeconds: buildCpu, build: built.figures, stats: built.index.stats(), keystroke: typing, update: updating.result(), cold };
  built.close();
  const peer = PEERS[0];
  if (peer === undefined || values['no-peer']) return result;
  const peerRows = [...enlarge(source, count)].map(peerRow);
  let search: ReturnType<typeof peer.build> = () => [];
  const peerBuild = cpuSeconds(() => {
    search = peer.build(peerRows);
  });
  const a = typing.cpu;
  const b = timeTyping(typed, count > LARGE ? PEER_EVERY : 1, (text) => search(text, 10)).cpu;
  const ratio = (x: number, y: number): number => Math.round((x / y) * 1_000) / 1_000;
  return { ...result, trigram: { buildCpuSeconds: peerBuild, keystrokeCpu: b }, ratios: { p50: ratio(a.p50, b.p50), p95: ratio(a.p95, b.p95), p99: ratio(a.p99, b.p99), build: ratio(buildCpu, peerBuild) } };
}

if (values.probe !== undefined) await probe(values.probe);
else {
  const source: CatalogRow[] = [];
  for await (const row of readRows(values.catalog)) source.push(row);
  const results: unknown[] = [];
  for (const count of values.rows.split(',').map(Number)) {
    const result = await atSize(source, count);
    console.error(JSON.stringify(result, null, 1));
    results.push(result);
  }
  if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(results, null, 2)}\n`);
  console.log(JSON.stringify(results));
}
