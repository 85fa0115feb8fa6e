import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type CatalogRow, readRows } from './search/catalog.ts';
import { buildIndex } from './search/engine.ts';
import { foodQueries } from './search/food.ts';
import { createScorer } from './search/metrics.ts';

/** Graded ranking on the food catalogue; `--worst N` lists the queries with most to gain, `--ask a,b` prints the hits of queries. */
const { values } = parseArgs({ options: { catalog: { type: 'string', default: '../shared/data/products-food.ndjson.gz' }, worst: { type: 'string', default: '0' }, ask: { type: 'string' } } });
if (!existsSync(values.catalog)) {
  console.error(`Nothing is measured: ${values.catalog} is not there.`);
  process.exit(0);
}
const rows: CatalogRow[] = [];
for await (const row of readRows(values.catalog)) rows.push(row);
const queries = foodQueries('test/fixtures/search/food-graded.txt', rows);
const built = await buildIndex(rows);
for (const text of values.ask?.split(',') ?? []) {
  const answer = built.index.query({ text, limit: 6 });
  console.error(`${text}${answer.nearest ? ' (nearest)' : ''} | ${answer.hits.map((hit) => `${hit.title} ${hit.score.toFixed(2)}`).join(' ; ')}`);
}
const scorer = createScorer();
const lines: { text: string; value: number; got: string }[] = [];
for (const query of queries) {
  const { hits } = built.index.query({ text: query.query, limit: 10 });
  const keys = hits.map((hit) => hit.key);
  scorer.add(query, keys);
  const one = createScorer();
  one.add(query, keys);
  lines.push({ text: query.query, value: one.result().total.ndcg10 ?? 0, got: hits.map((hit) => `${query.labels?.[hit.key] ?? 0} ${hit.title} ${hit.score.toFixed(2)}`).join(' ; ') });
}
built.close();
for (const line of lines.sort((a, b) => a.value - b.value).slice(0, Number(values.worst))) console.error(line.value.toFixed(2), line.text, '|', line.got);
console.log(JSON.stringify(scorer.result()));
