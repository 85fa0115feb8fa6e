import { parseArgs } from 'node:util';
import { createScorer } from './search/metrics.ts';
import { readGraded, starterCatalog } from './search/graded.ts';
import { buildIndex } from './search/engine.ts';
import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';

/** Graded ranking on the starter pack's products; `--worst N` lists the queries with most to gain, `--no-synonyms` leaves the pack's lists out. */
const { values } = parseArgs({ options: { worst: { type: 'string', default: '0' }, 'no-synonyms': { type: 'boolean', default: false } } });
const { rows, raw } = starterCatalog('resources/starter-pack/products.csv');
const queries = readGraded('test/fixtures/search/starter-graded.txt', raw);
const built = await buildIndex(rows);
if (!values['no-synonyms']) {
  const { records } = parseYaml(readFileSync('resources/starter-pack/synonyms.yaml', 'utf8')) as { records: { words: string[] }[] };
  built.index.setSynonyms(records.map((record) => record.words));
}
const scorer = createScorer();
const lines: { query: string; value: number; got: string[] }[] = [];
for (const query of queries) {
  const { hits } = built.index.query({ text: query.query, limit: 10 });
  const keys = hits.map((hit) => hit.key);
  scorer.add(query, keys);
  const one = createScorer();
  one.add(query, keys);
  lines.push({ query: query.query, value: one.result().total.ndcg10 ?? 0, got: hits.slice(0, 5).map((hit) => `${query.labels?.[hit.key] ?? 0} ${hit.title} ${hit.score.toFixed(2)}`) });
}
built.close();
for (const line of lines.sort((a, b) => a.value - b.value).slice(0, Number(values.worst))) console.error(line.value.toFixed(2), line.query, '|', line.got.join(' ; '));
console.log(JSON.stringify(scorer.result()));
