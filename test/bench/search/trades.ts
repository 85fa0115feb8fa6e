import { readFileSync } from 'node:fs';
import { gtinCheckDigit } from '#shared/domain/search/codes.ts';
import { seeded } from '#test/helpers/seeded.ts';
import type { BenchQuery, CatalogRow } from './catalog.ts';

/** A made-up shop: its rows, and of each row the family it was made from. */
export type Shop = { name: string; rows: CatalogRow[]; families: Map<string, string> };

type Random = () => number;

const BRANDS = 'Aldis Bremo Cantara Dexon Elvik Fanetti Gorlin Hesta Imbra Joltek Karsa Lumeo Mavik Nordex Ostara Pelko Quorin Rastel Solvay Tavros Umbrex Velda Wexel Xanto Yarrow Zentio'.split(' ');
const LINES = 'Pavo Inspira Zenith Corvo Aurea Strata Pulse Nimbus Vertex Delta Orion Lyra Quartz Ember Helio Tempo Atlas Nova Ridge Sonata'.split(' ');

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

/** Fills a template: `{a|b}` chooses one, `{B}`, `{L}`, `{M}` are given. */
function fill(template: string, random: Random, given: Readonly<Record<string, string>>): string {
  return template
    .replace(/\{([^{}]*)\}/g, (_all, inside: string) => given[inside] ?? pick(random, inside.split('|')))
    .replace(/\s+/g, ' ')
    .trim();
}

function modelNumber(random: Random, shop: string): string {
  const letters = (n: number): string => Array.from({ length: n }, () => pick(random, 'ABCDEFGHJKLMNPQRSTUVWXZ'.split(''))).join('');
  const digits = (n: number): string => Array.from({ length: n }, () => String(Math.floor(random() * 10))).join('');
  const shapes: readonly (() => string)[] = [
    () => `${letters(2)}-${digits(4)}${letters(1)}`, () => `${letters(1)}${digits(1)}${letters(1)}${digits(2)}${letters(2)}#ABD`, () => `${digits(2)}${letters(2)}${digits(4)}`,
    () => `${letters(3)}${digits(3)}/${digits(2)}`, () => `${digits(3)}.${digits(3)}.${digits(2)}`, () => `${letters(2)}${digits(2)} ${letters(1)}${digits(3)}`,
    () => `00${digits(6)}`, () => `${digits(5)}`, () => `${letters(4)}${digits(4)}-${digits(3)}${letters(3)}`, () => `${digits(1)} ${digits(3)} ${digits(3)} ${digits(3)}`,
  ];
  return pick(random, shop === 'grocery' ? shapes.slice(0, 1) : shapes)();
}

/** Coarse words a shop files its rows under, as some do in a field called type. */
const COARSE: Readonly<Record<string, string>> = { film: 'Movie', cd: 'Music', game: 'Game', console: 'HardGood' };

/** One row of a family. Which fields it has is up to the shop. */
function rowOf(shop: string, fields: readonly string[], parts: readonly string[], random: Random, number: number, brands: readonly string[]): CatalogRow {
  const [family = '', , path = '', name = '', description = '', price = ''] = parts;
  const model = modelNumber(random, shop);
  const brand = pick(random, brands);
  const given = { B: brand, L: pick(random, LINES), M: model };
  const body = `${random() < 0.4 ? '0' : '4'}${String(Math.floor(random() * 1e11)).padStart(11, '0')}`;
  const gtin = `${body}${gtinCheckDigit(body)}`;
  const steps = path.split(' > ');
  const all: Readonly<Record<string, unknown>> = {
    brand, manufacturer: brand, model, price: Math.round(Number(price) * (60 + random() * 80)) / 100,
    upc: body.startsWith('0') ? gtin.slice(1) : gtin, ean: gtin, type: shop === 'electronics' ? (COARSE[family] ?? 'HardGood') : steps.at(-1),
    category: shop === 'electronics' ? steps.map((step, i) => ({ id: `cat${i}`, name: step })) : path,
    category_path: path, description: fill(description, random, given), long_description: fill(parts.length > 6 ? (parts[5] ?? '') : '', random, given),
  };
  const row: Record<string, unknown> = { sku: `${shop[0]}${100_000 + number}`, name: fill(name, random, given) };
  for (const field of fields) if (all[field] !== '') row[field] = all[field];
  return row;
}

/** The shops of a fixture file. `times` makes every family that many times as large. */
export function readShops(file: string, times = 3): Shop[] {
  const random = seeded(2_026);
  const shops: Shop[] = [];
  let fields: string[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const head = /^\[(\w+)\] (.*)$/.exec(line);
    if (head !== null) {
      shops.push({ name: head[1] ?? '', rows: [], families: new Map() });
      fields = (head[2] ?? '').split(' ');
      continue;
    }
    const shop = shops.at(-1);
    if (shop === undefined) throw new Error('a family before the first shop');
    let parts = line.split(' | ').map((part) => part.trim());
    // A long text stands before the price where a shop has one.
    if (fields.includes('long_description')) parts = [...parts, ''].slice(0, 7);
    const brands = BRANDS.filter(() => random() < 0.4);
    for (let i = 0; i < Number(parts[1]) * times; i++) {
      const row = rowOf(shop.name, fields, parts, random, shop.rows.length, brands);
      shop.rows.push(row);
      shop.families.set(String(row['sku']), parts[0] ?? '');
    }
  }
  return shops;
}

/** Hand-graded queries of one shop; every selector must choose something, so that the set cannot rot unseen. */
export function tradeQueries(file: string, shop: Shop): BenchQuery[] {
  const out: BenchQuery[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [name, query = '', rules = ''] = line.split(' ; ');
    if (name !== shop.name) continue;
    const labels: Record<string, number> = {};
    for (const rule of rules.split(/, (?=[fn]:)/)) {
      const at = rule.lastIndexOf('=');
      const tests = rule.slice(0, at).split('&');
      const chosen = shop.rows.filter((row) => tests.every((test) => (test.startsWith('f:') ? shop.families.get(String(row['sku'])) === test.slice(2) : new RegExp(test.slice(2), 'u').test(String(row['name'])))));
      if (chosen.length === 0) throw new Error(`${name}, "${query}": nothing is chosen by ${rule}`);
      for (const row of chosen) labels[String(row['sku'])] = Math.max(labels[String(row['sku'])] ?? 0, Number(rule.slice(at + 1)));
    }
    out.push({ kind: shop.name, query, labels });
  }
  return out;
}
