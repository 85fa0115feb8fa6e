import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type BenchQuery, type CatalogRow, readQueries, readRows } from './search/catalog.ts';
import { buildIndex } from './search/engine.ts';
import { createScorer, createTimer, keystrokes, type Percentiles } from './search/metrics.ts';
import { PEERS, peerRow } from './search/peers.ts';

/**
 * The product's search and its peers on the same files in the same run. Ratios are CPU time per
 * keystroke and build time, against FTS5 trigram; below 1 is faster.
 */
const { values } = parseArgs({
  options: {
    catalog: { type: 'string', default: '../shared/data/products-food.ndjson.gz' }, queries: { type: 'string', default: '../shared/data/products-food-queries.jsonl' },
    out: { type: 'string' }, sample: { type: 'string', default: '9' }, keystrokes: { type: 'string', default: '60' }, only: { type: 'string' },
  },
});
const rows: CatalogRow[] = [];
for await (const row of readRows(values.catalog)) rows.push(row);
const every = Math.max(1, Number(values.sample));
const queries = (await readQueries(values.queries)).filter((_query, i) => i % every === 0);
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

const built = await buildIndex(rows);
const ours = measure('callside', built.figures.seconds, 1, (text) => built.index.query({ text: text.slice(0, 400), limit: 10 }).hits.map((hit) => hit.key));
built.close();
const lines: Line[] = [ours];
for (const peer of PEERS) {
  if (values.only !== undefined && !values.only.split(',').includes(peer.name)) continue;
  const peerRows = rows.map(peerRow);
  const start = performance.now();
  const search = peer.build(peerRows);
  const seconds = Math.round(performance.now() - start) / 1_000;
  lines.push(measure(peer.name, seconds, peer.sample, (text) => search(text, 10)));
}
const reference = lines.find((line) => line.engine === 'fts5-trigram');
for (const line of lines) {
  const k = line.keystrokeCpu;
  const ratio = (a: number, b: number | undefined): string => (b === undefined || b === 0 ? '-' : (a / b).toFixed(3));
  console.error(
    `${line.engine.padEnd(15)} n=${line.n} r1=${line.r1 ?? '-'} r5=${line.r5 ?? '-'} ndcg=${line.ndcg10 ?? '-'} key cpu ms ${k.p50}/${k.p95}/${k.p99}` +
    ` × trigram ${ratio(k.p50, reference?.keystrokeCpu.p50)}/${ratio(k.p95, reference?.keystrokeCpu.p95)}/${ratio(k.p99, reference?.keystrokeCpu.p99)}` +
    ` build ${line.buildSeconds} s × ${ratio(line.buildSeconds, reference?.buildSeconds)}`,
  );
}
const report = { rows: rows.length, engines: lines };
if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report));
