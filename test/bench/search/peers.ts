import uFuzzy from '@leeoniya/ufuzzy';
import Database from 'better-sqlite3';
import { Document } from 'flexsearch';
import Fuse from 'fuse.js';
import MiniSearch from 'minisearch';
import { fold, words } from '#shared/domain/search/text.ts';
import type { CatalogRow } from './catalog.ts';
import { productOf } from './catalog.ts';

/** Another search engine, set up as well as its documentation says for product names with slips. */
export type Peer = {
  name: string;
  /** Ask only every n-th query: the engine is too slow for all. */
  sample: number;
  build(rows: readonly PeerRow[]): (text: string, limit: number) => string[];
};

export type PeerRow = { id: number; sku: string; name: string; brand: string; model: string; codes: string; category: string; description: string };

/** What every engine gets to read of a catalogue row. */
export function peerRow(row: CatalogRow, id: number): PeerRow {
  const product = productOf(row);
  return {
    id, sku: product.sku, name: product.name, brand: product.brand ?? product.manufacturer ?? '', model: product.model ?? '',
    codes: (product.barcodes ?? []).join(' '), category: (product.category ?? []).join(' '), description: product.description ?? '',
  };
}

const COLUMNS = ['name', 'brand', 'model', 'codes', 'category', 'description'] as const;

function fts(tokenizer: string, prefix: string, match: (text: string) => string): Peer['build'] {
  return (rows) => {
    const db = new Database('');
    db.exec(`CREATE VIRTUAL TABLE f USING fts5(sku UNINDEXED, ${COLUMNS.join(', ')}, tokenize='${tokenizer}'${prefix})`);
    const insert = db.prepare(`INSERT INTO f (rowid, sku, ${COLUMNS.join(', ')}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
    db.transaction(() => {
      for (const r of rows) insert.run(r.id + 1, r.sku, r.name, r.brand, r.model, r.codes, r.category, r.description);
    })();
    const select = db.prepare<[string, number], string>('SELECT sku FROM f WHERE f MATCH ? ORDER BY bm25(f, 0, 8, 4, 6, 6, 2, 1) LIMIT ?').pluck();
    return (text, limit) => {
      const query = match(text);
      return query === '' ? [] : select.all(query, limit);
    };
  };
}

/** Any of the query's trigrams: the only way FTS5 forgives a slip. */
function trigrams(text: string): string {
  const folded = fold(text);
  const out = new Set<string>();
  for (let i = 0; i + 3 <= folded.length; i++) {
    const part = folded.slice(i, i + 3);
    if (!/\s/.test(part)) out.add(`"${part.replaceAll('"', '""')}"`);
  }
  return [...out].join(' OR ');
}

function prefixes(text: string): string {
  const all = words(text);
  return all.map((word, i) => (i === all.length - 1 ? `"${word}"*` : `"${word}"`)).join(' OR ');
}

const miniSearch: Peer['build'] = (rows) => {
  const index = new MiniSearch<PeerRow>({ fields: [...COLUMNS], idField: 'id', storeFields: ['sku'], processTerm: (term) => fold(term) });
  index.addAll([...rows]);
  const options = { prefix: true, fuzzy: 0.2, boost: { name: 4, brand: 2, model: 3, codes: 3 } };
  return (text, limit) => {
    const all = index.search(text, { ...options, combineWith: 'AND' });
    const found = all.length > 0 ? all : index.search(text, { ...options, combineWith: 'OR' });
    return found.slice(0, limit).map((hit) => String(hit['sku']));
  };
};

const microFuzzy: Peer['build'] = (rows) => {
  const engine = new uFuzzy({ intraMode: 1, intraIns: 1, intraSub: 1, intraTrn: 1, intraDel: 1 });
  const lines = rows.map((r) => fold(`${r.name} ${r.brand} ${r.model} ${r.codes}`));
  return (text, limit) => {
    const [found, info, order] = engine.search(lines, fold(text), 1, 1_000);
    if (found === null) return [];
    const best = info !== null && order !== null ? order.map((i) => info.idx[i] ?? 0) : found;
    return best.slice(0, limit).map((i) => rows[i]?.sku ?? '');
  };
};

const flexSearch: Peer['build'] = (rows) => {
  const index = new Document({ document: { id: 'id', index: [...COLUMNS] }, tokenize: 'forward', encoder: 'LatinBalance', cache: false });
  for (const row of rows) index.add({ ...row });
  return (text, limit) => {
    const found = index.search(text, { limit, suggest: true }) as { result: number[] }[];
    const keys = new Set<string>();
    for (const field of found) for (const id of field.result) keys.add(rows[id]?.sku ?? '');
    return [...keys].slice(0, limit);
  };
};

const fuse: Peer['build'] = (rows) => {
  const index = new Fuse(rows, { keys: [{ name: 'name', weight: 4 }, 'brand', 'model', 'codes'], threshold: 0.4, ignoreLocation: true });
  return (text, limit) => index.search(text, { limit }).map((hit) => hit.item.sku);
};

/** All peers, the reference first. */
export const PEERS: readonly Peer[] = [
  { name: 'fts5-trigram', sample: 1, build: fts('trigram remove_diacritics 1', '', trigrams) },
  { name: 'fts5-unicode61', sample: 1, build: fts('unicode61 remove_diacritics 2', ", prefix='2 3 4'", prefixes) },
  { name: 'minisearch', sample: 1, build: miniSearch },
  { name: 'ufuzzy', sample: 1, build: microFuzzy },
  { name: 'flexsearch', sample: 1, build: flexSearch },
  { name: 'fuse', sample: 100, build: fuse },
];
