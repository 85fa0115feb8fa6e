import { parseArgs } from 'node:util';
import { buildIndex } from './search/engine.ts';
import { createScorer } from './search/metrics.ts';
import { readShops, tradeQueries } from './search/trades.ts';

/**
 * Hand-graded queries on made-up shops of five trades, each with the fields such shops have.
 * `--worst N` lists the queries with most to gain, `--plain` leaves everything but names and descriptions out,
 * `--queries` names another set (`trades-odd.txt`: in callers' words).
 */
const { values } = parseArgs({ options: { worst: { type: 'string', default: '0' }, shop: { type: 'string' }, plain: { type: 'boolean', default: false }, times: { type: 'string', default: '3' }, queries: { type: 'string', default: 'test/fixtures/search/trades-graded.txt' } } });
const scorer = createScorer();
const lines: { query: string; value: number; got: string[] }[] = [];
for (const shop of readShops('test/fixtures/search/trades.txt', Number(values.times))) {
  if (values.shop !== undefined && values.shop !== shop.name) continue;
  const rows = values.plain ? shop.rows.map(({ sku, name, description }) => ({ sku, name, description })) : shop.rows;
  const built = await buildIndex(rows);
  for (const query of tradeQueries(values.queries, shop)) {
    const { hits } = built.index.query({ text: query.query, limit: 10 });
    const keys = hits.map((hit) => hit.key);
    scorer.add(query, keys);
    const one = createScorer();
    one.add(query, keys);
    lines.push({ query: `${shop.name}: ${query.query}`, value: one.result().total.ndcg10 ?? 0, got: hits.slice(0, 5).map((hit) => `${query.labels?.[hit.key] ?? 0} ${hit.title.slice(0, 70)} ${hit.score.toFixed(2)}`) });
  }
  built.close();
}
for (const line of lines.sort((a, b) => a.value - b.value).slice(0, Number(values.worst))) console.error(line.value.toFixed(2), line.query, '|', line.got.join(' ; '));
console.log(JSON.stringify(scorer.result()));
