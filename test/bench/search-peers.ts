import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type BenchQuery, type CatalogRow, readQueries, readRows } from './search/catalog.ts';
import { buildIndex } from './search/engine.ts';
import { createScorer, createTimer, keystrokes, type Percentiles, sampleOf } from './search/metrics.ts';
import { type Peer, PEERS, peerRow } from './search/peers.ts';

/**
 * The product's search and its peers on the same files in the same run. Ratios are CPU time per
 * keystroke and for the build, against FTS5 trigram; below 1 is faster. `--rows` takes the first
 * rows only and the queries they can answer, `--sample` asks that many queries of all kinds.
 */
const { values } = parseArgs({
  options: {
    catalog: { type: 'string', default: '../shared/data/products-food.ndjson.gz' }, queries: { type: 'string', default: '../shared/data/products-food-queries.jsonl' },
    rows: { type: 'string', default: '1000000' }, out: { type: 'string' }, sample: { type: 'string', default: '200' }, keystrokes: { type: 'string', default: '60' }, only: { type: 'string' },
  },
});
const rows: CatalogRow[] = [];
for await (const row of readRows(values.catalog)) if (rows.length < Number(values.rows)) rows.push(row);
const skus = new Set(rows.map((row) => String(row['sku'] ?? row['id'])));
const answerable = (await readQueries(values.queries)).filter((query) => (query.relevant ?? Object.keys(query.labels ?? {})).some((sku) => skus.has(sku)));
const queries = sampleOf(answerable, Number(values.sample));
const typed = keystrokes(queries, Number(values.keystrokes));

type Line = { engine: string; n: number; r1?: number | undefined; r5?: number | undefined; ndcg10?: number | undefined; keystrokeCpu: Percentiles; buildSeconds: number };

function measure(engine: string, buildSeconds: number, sample: number, search: (text: string) => string[]): Line {
  const asked = queries.filter((_query: BenchQuery, i) => i % sample === 0);
  const scorer = createScorer();
  for (const query of asked) scorer.add(query, search(query.query));
  const timer = createTimer();
  for (const [i, text] of typed.entries()) if (i % sample === 0) timer.run(() => search(text));
  const { total } = scorer.result();
  return { engine, n: total.n, r1: total.r1, r5: total.r5, ndcg10: total.ndcg10, keystrokeCpu: timer.result().cpu, buildSeconds };
}

const lines: Line[] = [];

/** Prints a line as soon as it is measured; ratios need the reference, which comes first. */
function report(line: Line): void {
  lines.push(line);
  const reference = lines.find((other) => other.engine === 'fts5-trigram');
  const k = line.keystrokeCpu;
  const ratio = (a: number, b: number | undefined): string => (b === undefined || b === 0 ? '-' : (a / b).toFixed(3));
  console.error(
    `${line.engine.padEnd(15)} n=${line.n} r1=${line.r1 ?? '-'} r5=${line.r5 ?? '-'} ndcg=${line.ndcg10 ?? '-'} key cpu ms ${k.p50}/${k.p95}/${k.p99}` +
    ` × trigram ${ratio(k.p50, reference?.keystrokeCpu.p50)}/${ratio(k.p95, reference?.keystrokeCpu.p95)}/${ratio(k.p99, reference?.keystrokeCpu.p99)}` +
    ` build ${line.buildSeconds} s × ${ratio(line.buildSeconds, reference?.buildSeconds)}`,
  );
}

/** Processor seconds, so that a busy machine does not change the ratios. */
async function cpuSeconds<T>(work: () => T | Promise<T>): Promise<{ value: T; seconds: number }> {
  const before = process.cpuUsage();
  const value = await work();
  const used = process.cpuUsage(before);
  return { value, seconds: Math.round((used.user + used.system) / 10_000) / 100 };
}

async function measurePeer(peer: Peer): Promise<void> {
  const peerRows = rows.map(peerRow);
  const { value: search, seconds } = await cpuSeconds(() => peer.build(peerRows));
  report(measure(peer.name, seconds, peer.sample, (text) => search(text, 10)));
}

const wanted = PEERS.filter((peer) => values.only === undefined || values.only.split(',').includes(peer.name));
const [first, ...others] = wanted;
if (first !== undefined) await measurePeer(first);
const { value: built, seconds } = await cpuSeconds(() => buildIndex(rows));
report(measure('callside', seconds, 1, (text) => built.index.query({ text: text.slice(0, 400), limit: 10 }).hits.map((hit) => hit.key)));
built.close();
for (const peer of others) await measurePeer(peer);
const summary = { rows: rows.length, engines: lines };
if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(summary, null, 2)}\n`);
console.log(JSON.stringify(summary));
