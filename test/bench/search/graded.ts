import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { BenchQuery, CatalogRow } from './catalog.ts';

type StarterRow = Readonly<Record<string, string>>;

/** Rows of the starter pack's product table, as a catalogue file would hold them. */
export function starterCatalog(file: string): { rows: CatalogRow[]; raw: StarterRow[] } {
  const raw = parse(readFileSync(file, 'utf8'), { bom: true, columns: true, skip_empty_lines: true }) as StarterRow[];
  const rows = raw.map((row) => ({
    sku: row['sku'], name: row['name'], brand: row['brand'], model: row['model'], barcode: row['barcodes']?.split(/\s*\|\s*/), type: row['type'],
    category_path: row['category'], description: row['description'], price: row['price'] === '' ? undefined : Number(row['price']) / 100,
  }));
  return { rows, raw };
}

function chosenBy(selector: string, row: StarterRow): boolean {
  const value = selector.slice(2);
  switch (selector[0]) {
    case 't':
      return row['type'] === value;
    case 'c':
      return (row['category'] ?? '').replaceAll(' > ', ' › ').includes(value);
    case 'n':
      return new RegExp(value, 'u').test(row['name'] ?? '');
    case 's':
      return row['sku'] === value;
    default:
      throw new Error(`unknown selector: ${selector}`);
  }
}

/** Reads hand-graded queries; every selector must choose something, so that the set cannot rot unseen. */
export function readGraded(file: string, raw: readonly StarterRow[]): BenchQuery[] {
  const out: BenchQuery[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [kind = '', query = '', rules = ''] = line.split(' ; ');
    const labels: Record<string, number> = {};
    for (const rule of rules.split(/, (?=[tcns]:)/)) {
      const at = rule.lastIndexOf('=');
      const chosen = raw.filter((row) => chosenBy(rule.slice(0, at), row));
      if (chosen.length === 0) throw new Error(`"${query}": nothing is chosen by ${rule}`);
      for (const row of chosen) labels[row['sku'] ?? ''] = Math.max(labels[row['sku'] ?? ''] ?? 0, Number(rule.slice(at + 1)));
    }
    out.push({ kind, query, labels });
  }
  return out;
}
