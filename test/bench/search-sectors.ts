import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildIndex } from './search/engine.ts';
import { createScorer, createTimer } from './search/metrics.ts';
import { sectorGraded, sectorQueries, sectorRows } from './search/sectors.ts';

/** Slips, sound-alikes, codes and words of the trade on made-up IT, media, spare-part and tariff catalogues. */
const { values } = parseArgs({ options: { rows: { type: 'string', default: '20000' }, queries: { type: 'string', default: '300' }, seed: { type: 'string', default: '7' }, misses: { type: 'string' } } });
const rows = sectorRows(Number(values.rows), Number(values.seed));
const queries = [...sectorQueries(rows, Number(values.queries), Number(values.seed) + 4), ...sectorGraded(rows)];
const built = await buildIndex(rows);
const scorer = createScorer();
const timer = createTimer();
const misses: string[] = [];
for (const query of queries) {
  const { hits } = timer.run(() => built.index.query({ text: query.query, limit: 10 }));
  const keys = hits.map((hit) => hit.key);
  scorer.add(query, keys);
  if (query.relevant !== undefined && !query.relevant.includes(keys[0] ?? '')) misses.push(JSON.stringify({ kind: query.kind, query: query.query, wanted: query.relevant.slice(0, 2).map((sku) => rows.find((row) => row['sku'] === sku)), got: hits.slice(0, 3).map((hit) => `${hit.title} ${hit.score.toFixed(2)}`) }));
}
built.close();
if (values.misses !== undefined) writeFileSync(values.misses, misses.join('\n'));
console.log(JSON.stringify({ ...scorer.result(), latency: timer.result(), build: built.figures }));
