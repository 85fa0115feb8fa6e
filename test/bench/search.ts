import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readQueries, readRows } from './search/catalog.ts';
import { buildIndex } from './search/engine.ts';
import { createScorer, createTimer, keystrokes } from './search/metrics.ts';

/**
 * Quality, latency and build of the search on any catalogue, through the product's own code.
 * `--limit` hits are asked per query; `--keystrokes` queries are also typed letter by letter.
 */
const { values } = parseArgs({
  options: {
    catalog: { type: 'string' }, queries: { type: 'string' }, out: { type: 'string' },
    limit: { type: 'string', default: '10' }, keystrokes: { type: 'string', default: '400' }, misses: { type: 'string' },
  },
});
if (values.catalog === undefined || values.queries === undefined) {
  console.error('usage: bench:search --catalog FILE.ndjson[.gz] --queries FILE.jsonl [--limit N] [--keystrokes N] --out FILE.json');
  process.exit(2);
}
const limit = Math.min(50, Math.max(1, Number(values.limit)));
const queries = await readQueries(values.queries);
const built = await buildIndex(readRows(values.catalog));
const scorer = createScorer();
const answering = createTimer();
const typing = createTimer();
const misses: unknown[] = [];
// Start-up (loading parts, compiling code) has its own figure in bench:search:scale.
for (const query of queries.slice(0, 100)) built.index.query({ text: query.query.slice(0, 400), limit });
for (const query of queries) {
  const answer = answering.run(() => built.index.query({ text: query.query.slice(0, 400), limit }));
  const keys = answer.hits.map((hit) => hit.key);
  scorer.add(query, keys);
  if (query.relevant !== undefined && !query.relevant.includes(keys[0] ?? '')) misses.push({ kind: query.kind, query: query.query, wanted: query.relevant, got: answer.hits.slice(0, 3).map((hit) => [hit.key, hit.title, hit.score]) });
}
for (const text of keystrokes(queries, Number(values.keystrokes))) typing.run(() => built.index.query({ text: text.slice(0, 400), limit }));
const report = { ...scorer.result(), latency: { query: answering.result(), keystroke: typing.result() }, build: built.figures };
built.close();
if (values.misses !== undefined) writeFileSync(values.misses, misses.map((miss) => JSON.stringify(miss)).join('\n'));
if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify(report, null, 2)}\n`);
console.log(JSON.stringify(report));
