import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type BenchQuery, type CatalogRow, readQueries, readRows } from './search/catalog.ts';
import { buildIndex } from './search/engine.ts';
import { codeQueries, knownItemQueries } from './search/generate.ts';
import { answerable, createScorer, keystrokes, type Percentiles, type Quality, sampleOf, timeTyping } from './search/metrics.ts';
import { type Peer, PEERS, peerRow } from './search/peers.ts';

/**
 * The product's search and its peers on the same files in the same run. Ratios are CPU time per
 * keystroke and for the build, against FTS5 trigram; below 1 is faster. `--rows` takes the first
 * rows only and the queries they can answer, `--sample` asks that many queries of the file, and `--generate N`
 * adds N of each kind of known item and of code, made from the rows (see `search/generate.ts`).
 */
const { values } = parseArgs({
  options: {
    catalog: { type: 'string', default: '../shared/data/products-food.ndjson.gz' }, queries: { type: 'string', default: '../shared/data/products-food-queries.jsonl' },
    rows: { type: 'string', default: '1000000' }, out: { type: 'string' }, sample: { type: 'string', default: '200' }, keystrokes: { type: 'string', default: '60' }, only: { type: 'string' },
    generate: { type: 'string', default: '20' },
  },
});
const rows: CatalogRow[] = [];
for await (const row of readRows(values.catalog)) if (rows.length < Number(values.rows)) rows.push(row);
const given = sampleOf(answerable(await readQueries(values.queries), new Set(rows.map((row) => String(row['sku'] ?? row['id'])))), Number(values.sample));
const typed = keystrokes(given, Number(values.keystrokes));
const perKind = Number(values.generate);
const named = (queries: readonly BenchQuery[]): BenchQuery[] => queries.map((query) => ({ ...query, kind: query.kind.startsWith('ean:') || query.kind.startsWith('code:') ? query.kind : `made ${query.kind}` }));
const queries = [...given, ...named(knownItemQueries(rows, { perKind })), ...named(codeQueries(rows, { perKind }))];

type Line = { engine: string; total: Quality; kinds: Record<string, Quality>; keystrokeCpu: Percentiles; buildSeconds: number };

function measure(engine: string, buildSeconds: number, sample: number, search: (text: string) => string[]): Line {
  const scorer = createScorer();
  for (const query of queries.filter((_query, i) => i % sample === 0)) scorer.add(query, search(query.query));
  return { engine, ...scorer.result(), keystrokeCpu: timeTyping(typed, sample, search).cpu, buildSeconds };
}

const lines: Line[] = [];
const ratio = (a: number, b: number | undefined): string => (b === undefined || b === 0 ? '–' : (a / b).toFixed(2));

/** Prints a line as soon as it is measured; ratios need the reference, which comes first. */
function report(line: Line): void {
  lines.push(line);
  const reference = lines.find((other) => other.engine === 'fts5-trigram');
  const k = line.keystrokeCpu;
  console.error(`| ${[
    line.engine, line.total.n, line.total.r1 ?? '–', line.total.r5 ?? '–', `${k.p50} / ${k.p95} / ${k.p99}`,
    `${ratio(k.p95, reference?.keystrokeCpu.p95)} / ${ratio(k.p99, reference?.keystrokeCpu.p99)}`, line.buildSeconds, ratio(line.buildSeconds, reference?.buildSeconds),
  ].join(' | ')} |`);
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

console.error(`${rows.length} rows, ${queries.length} queries, ${typed.length} keystrokes\n\n| engine | n | R@1 | R@5 | keystroke CPU ms p50 / p95 / p99 | × trigram p95 / p99 | build CPU s | × trigram |\n|---|---|---|---|---|---|---|---|`);
const wanted = PEERS.filter((peer) => values.only === undefined || values.only.split(',').includes(peer.name));
const [first, ...others] = wanted;
if (first !== undefined) await measurePeer(first);
const { value: built, seconds } = await cpuSeconds(() => buildIndex(rows));
report(measure('callside', seconds, 1, (text) => built.index.query({ text: text.slice(0, 400), limit: 10 }).hits.map((hit) => hit.key)));
built.close();
for (const peer of others) await measurePeer(peer);

// Peers that are asked only a few queries have too few of a kind to say anything.
const full = lines.filter((line) => line.total.n === queries.length);
console.error(`\n| R@1 by kind (n) | ${full.map((line) => line.engine).join(' | ')} |\n|---|${full.map(() => '---|').join('')}`);
for (const kind of [...new Set(queries.map((query) => query.kind))].sort()) console.error(`| ${kind} (${full[0]?.kinds[kind]?.n ?? 0}) | ${full.map((line) => line.kinds[kind]?.r1?.toFixed(3) ?? '–').join(' | ')} |`);
const summary = { rows: rows.length, engines: lines };
if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(summary, null, 2)}\n`);
console.log(JSON.stringify(summary));
