import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordKey } from '#shared/domain/knowledge.ts';
import { buildStarterPack, readStarterPack, StarterPackError } from '../../../scripts/build-pack.ts';
import { gtinCheckDigit } from '../../../scripts/starter-pack/barcodes.ts';
import { PRODUCT_COLUMNS } from '../../../scripts/starter-pack/read-products.ts';
import { formatProblem } from '../../../scripts/starter-pack/source.ts';

let dir = '';

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'callside-pack-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

function put(file: string, text: string): void {
  const target = path.join(dir, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

function problems(): string[] {
  try {
    readStarterPack(dir);
    return [];
  } catch (error) {
    if (error instanceof StarterPackError) return error.problems.map(formatProblem);
    throw error;
  }
}

function csv(...rows: Partial<Record<(typeof PRODUCT_COLUMNS)[number], string>>[]): string {
  const lines = rows.map((row) => PRODUCT_COLUMNS.map((column) => `"${(row[column] ?? '').replaceAll('"', '""')}"`).join(','));
  return [PRODUCT_COLUMNS.join(','), ...lines].join('\n');
}

const KETTLE = { sku: 'A-1', name: 'Kettle', price: '2990', currency: 'GBP', facts: 'Volume=1.7 l | Power=2,200 W @2026-01-02 Lab' };
const PROMPT = 'situation: angry\ntone: plain\ntitle: Say it\n';

describe('readStarterPack', () => {
  it('reads facts with their own age, a category path and lists from CSV', () => {
    put('products.csv', csv({ ...KETTLE, verified_at: '2026-05-06', verified_by: 'Buyer', category: 'Kitchen > Kettles', barcodes: '2000000000015', sectors: 'retail | telecom' }));
    expect(readStarterPack(dir)).toEqual([{
      kind: 'product',
      record: {
        sku: 'A-1', name: 'Kettle', language: 'en', verifiedAt: '2026-05-06', verifiedBy: 'Buyer', category: ['Kitchen', 'Kettles'],
        barcodes: ['2000000000015'], sectors: ['retail', 'telecom'], price: { amount: 2990, currency: 'GBP' },
        facts: [
          { name: 'Volume', value: '1.7 l', verifiedAt: '2026-05-06', verifiedBy: 'Buyer' },
          { name: 'Power', value: '2,200 W', verifiedAt: '2026-01-02', verifiedBy: 'Lab' },
        ],
      },
    }]);
  });

  it('tells row and column of each wrong cell', () => {
    put('products.csv', csv(
      { ...KETTLE, price: '29.90' },
      { ...KETTLE, sku: 'A-2', facts: 'Volume' },
      { ...KETTLE, sku: 'A-3', barcodes: '2000000000016' },
      { ...KETTLE, sku: 'A-4', barcodes: '4006381333931' },
      { ...KETTLE, sku: 'A-5', currency: 'pounds' },
      { ...KETTLE, sku: 'A-6', interval: 'daily' },
    ));
    expect(problems()).toEqual([
      expect.stringMatching(/^products\.csv: row 2, column price: "29\.90" is not a whole number of minor units/),
      'products.csv: row 3, column facts: "Volume" is not name=value',
      'products.csv: row 4, column barcodes: 2000000000016: wrong check digit',
      expect.stringMatching(/^products\.csv: row 5, column barcodes: 4006381333931: must start with 2/),
      expect.stringMatching(/^products\.csv: row 6, column currency: price\.currency: /),
      expect.stringMatching(/^products\.csv: row 7, column interval: billing\.interval: /),
    ]);
  });

  it('refuses a header with a strange, a missing and a double column', () => {
    put('products.csv', csv(KETTLE).replace('sku,name', 'sku,sku').replace('brand', 'colour'));
    expect(problems()).toEqual([
      'products.csv: row 1: unknown column "colour"',
      'products.csv: row 1: missing column "name"',
      'products.csv: row 1: missing column "brand"',
      'products.csv: row 1: column "sku" twice',
    ]);
  });

  it('tells line and column of a wrong YAML field, and of broken YAML', () => {
    put('prompts/a.yaml', `defaults: { language: en }\nrecords:\n  - id: one\n    situation: cross\n    tone: plain\n    title: T\n    wordings: [{ text: Hello }]\n`);
    put('prompts/b.yaml', 'records: [\n');
    const [wrong, broken] = problems();
    expect(wrong).toMatch(/^prompts\/a\.yaml: line 4, column 16: situation: /);
    expect(broken).toMatch(/^prompts\/b\.yaml: line \d+, column \d+: /);
  });

  it('tells the line of a wrong front-matter field, counted from the top of the file', () => {
    put('articles/x.md', '---\nid: x\nkind: essay\ntitle: X\nsummary: Short.\n---\n\nText.\n');
    put('articles/y.md', 'No front matter.\n');
    const [wrong, none] = problems();
    expect(wrong).toMatch(/^articles\/x\.md: line 3, column 7: kind: /);
    expect(none).toBe('articles/y.md: line 1: expected front matter between --- lines');
  });

  it('finds mentions of what is not in the pack, and double keys', () => {
    put('products.csv', csv({ ...KETTLE, articles: 'nowhere', scripts: 'never' }));
    put('prompts/a.yaml', `- id: one\n  framework: NOPE\n  ${PROMPT.replaceAll('\n', '\n  ').trim()}\n  wordings: [{ text: Hello }]\n- id: one\n  ${PROMPT.replaceAll('\n', '\n  ').trim()}\n  wordings: [{ text: Hi }]\n`);
    expect(problems()).toEqual([
      'prompts/a.yaml: line 7, column 7: second prompt with the key "one"',
      'products.csv: row 2, column scripts: no script "never" in the pack',
      'products.csv: row 2, column articles: no article "nowhere" in the pack',
      'prompts/a.yaml: line 2, column 14: no framework "NOPE" in the pack',
    ]);
  });

  it('wants a bare wording beside slots, and only slots that something fills', () => {
    put('prompts/a.yaml', `id: one\n${PROMPT}wordings:\n  - text: "The {{item}} is late"\n  - { text: "Your {{parcel}}", bare: "Your {{item}}" }\n`);
    expect(problems()).toEqual([
      'prompts/a.yaml: line 6, column 5: a wording with slots needs a "bare" one without',
      expect.stringMatching(/^prompts\/a\.yaml: line 7, column 13: no slot "parcel"; known: item, /),
      'prompts/a.yaml: line 7, column 38: the bare wording must not hold slots',
    ]);
  });

  it('does not pass over a file it has no kind for', () => {
    put('promts/a.yaml', 'id: one\n');
    expect(problems()).toEqual(['promts/a.yaml: no kind of knowledge is kept under this name']);
  });

  it('keeps one order: kinds, then files, then as written', () => {
    put('synonyms.yaml', '- { id: s, words: [a, b] }\n');
    put('prompts/b.yaml', `- { id: z, situation: angry, tone: plain, title: T, wordings: [{ text: One }] }\n- { id: y, situation: angry, tone: plain, title: T, wordings: [{ text: Two }] }\n`);
    put('prompts/a.yaml', `{ id: x, situation: angry, tone: plain, title: T, wordings: [{ text: Three }] }\n`);
    put('products.csv', csv(KETTLE));
    expect(readStarterPack(dir).map((line) => `${line.kind} ${recordKey(line)}`)).toEqual(['product A-1', 'prompt x', 'prompt z', 'prompt y', 'synonyms s']);
  });
});

describe('buildStarterPack', () => {
  const at = (file: string, seconds: number): void => utimesSync(file, seconds, seconds);

  it('builds, then rests until a source is newer or a file goes', () => {
    const sources = path.join(dir, 'sources');
    const out = path.join(dir, 'pack.ndjson');
    put('sources/synonyms.yaml', '- { id: s, words: [a, b] }\n');
    put('sources/products.csv', csv(KETTLE));
    expect(buildStarterPack(sources, out, [sources])).toBe('built');
    expect(readFileSync(out, 'utf8').trim().split('\n').map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual(['product', 'synonyms']);

    for (const file of ['synonyms.yaml', 'products.csv', '.']) at(path.join(sources, file), 1_000);
    at(out, 2_000);
    expect(buildStarterPack(sources, out, [sources])).toBe('fresh');
    expect(buildStarterPack(sources, out, [sources], true)).toBe('built');

    at(out, 2_000);
    at(path.join(sources, 'synonyms.yaml'), 3_000);
    expect(buildStarterPack(sources, out, [sources])).toBe('built');

    at(path.join(sources, 'products.csv'), 1_000);
    at(path.join(sources, 'synonyms.yaml'), 1_000);
    rmSync(path.join(sources, 'products.csv'));
    at(out, 2_000);
    expect(buildStarterPack(sources, out, [sources])).toBe('built');
    expect(readFileSync(out, 'utf8')).not.toContain('product');
  });

  it('leaves the last good pack alone when the sources are wrong', () => {
    const out = path.join(dir, 'pack.ndjson');
    put('pack.ndjson', 'good\n');
    put('sources/synonyms.yaml', '- { id: s, words: [a] }\n');
    expect(() => buildStarterPack(path.join(dir, 'sources'), out, [], true)).toThrow(StarterPackError);
    expect(readFileSync(out, 'utf8')).toBe('good\n');
    expect(statSync(`${out}.${process.pid}.tmp`, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('ends with 1 and says file, place and reason on the command line', () => {
    put('sources/synonyms.yaml', '- { id: s, words: [a] }\n');
    const script = path.resolve(import.meta.dirname, '../../../scripts/build-pack.ts');
    const run = spawnSync(process.execPath, [script, path.join(dir, 'sources'), path.join(dir, 'pack.ndjson')], { encoding: 'utf8' });
    expect(run.stderr).toContain('synonyms.yaml: line 1, column 19: words: ');
    expect(run.status).toBe(1);
  });
});

describe('gtinCheckDigit', () => {
  // Published examples: EAN-13 of the GS1 manual, UPC-A and EAN-8 of common textbooks.
  it.each([['629104150021', 3], ['400638133393', 1], ['03600029145', 2], ['7351353', 7]])('%s → %i', (body, digit) => {
    expect(gtinCheckDigit(body)).toBe(digit);
  });
});
