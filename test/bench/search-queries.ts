import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type CatalogRow, readRows } from './search/catalog.ts';
import { codeQueries, knownItemQueries, spellingQueries, spellingsIn } from './search/generate.ts';

/**
 * Makes queries for `bench:search` from any catalogue file: known items with slips, misspellings, sound-alikes, and codes
 * in every spelling; with `--misspellings FILE` also what that list holds for words of the catalogue. The same file and seed give the same queries; how they are made is told in `search/generate.ts`.
 */
const { values } = parseArgs({ options: { catalog: { type: 'string' }, out: { type: 'string' }, kinds: { type: 'string', default: 'items,codes' }, 'per-kind': { type: 'string', default: '200' }, seed: { type: 'string', default: '1' }, misspellings: { type: 'string' } } });
if (values.catalog === undefined) {
  console.error('usage: bench:search:queries --catalog FILE.ndjson[.gz] [--kinds items,codes] [--per-kind N] [--seed N] [--misspellings FILE] [--out FILE.jsonl]');
  process.exit(2);
}
const rows: CatalogRow[] = [];
for await (const row of readRows(values.catalog)) rows.push(row);
const options = { perKind: Number(values['per-kind']), seed: Number(values.seed) };
const kinds = values.kinds.split(',');
const queries = [...(kinds.includes('items') ? knownItemQueries(rows, options) : []), ...(kinds.includes('codes') ? codeQueries(rows, options) : []), ...(values.misspellings === undefined ? [] : spellingQueries(rows, spellingsIn(readFileSync(values.misspellings, 'utf8'))))];
const lines = queries.map((query) => `${JSON.stringify(query)}\n`).join('');
if (values.out === undefined) process.stdout.write(lines);
else writeFileSync(values.out, lines);
console.error(`${queries.length} queries of ${new Set(queries.map((query) => query.kind)).size} kinds from ${rows.length} rows`);
