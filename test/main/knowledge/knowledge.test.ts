import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '#main/db/migrate.ts';
import { knowledgeMigrations } from '#main/db/migrations/knowledge/index.ts';
import { openDatabase, type Db } from '#main/db/open.ts';
import { createKnowledgeRepository, createLayers, createMissLog, installStarterPack, type Changes, type KnowledgeRepository } from '#main/features/knowledge/index.ts';
import type { PackLine } from '#shared/domain/knowledge.ts';

let dir: string;
let db: Db;
let repository: KnowledgeRepository;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'callside-knowledge-'));
  db = openDatabase({ file: join(dir, 'knowledge.db'), kind: 'knowledge' });
  migrate(db, knowledgeMigrations);
  repository = createKnowledgeRepository(db);
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true, force: true });
});

const product = (sku: string, name: string): PackLine => ({ kind: 'product', record: { sku, name } });
const article = (id: string, title: string): PackLine => ({ kind: 'article', record: { id, kind: 'policy', title, summary: 'One sentence.', body: '' } });

function install(lines: readonly PackLine[], index: (changes: Changes) => void = () => undefined): boolean {
  const file = join(dir, 'pack.ndjson');
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return installStarterPack(file, { repository, layers: createLayers(db) }, index, 1);
}

describe('built-in knowledge', () => {
  it('is installed once, and read back as it was', () => {
    const seen: Changes[] = [];
    expect(install([product('A-1', 'Kettle'), article('returns', 'Returns')], (changes) => seen.push(changes))).toBe(true);
    expect(install([product('A-1', 'Kettle'), article('returns', 'Returns')], (changes) => seen.push(changes))).toBe(false);
    expect(seen).toHaveLength(1);
    expect(repository.get('product', 'A-1')).toEqual({ sku: 'A-1', name: 'Kettle' });
    expect(repository.list('article')).toHaveLength(1);
  });

  it('a newer pack changes, adds and removes, and tells the index only what differs', () => {
    install([product('A-1', 'Kettle'), product('A-2', 'Toaster'), article('returns', 'Returns')]);
    let told: Changes | undefined;
    install([product('A-1', 'Kettle'), product('A-2', 'Toaster, two slots'), product('A-3', 'Mixer')], (changes) => (told = changes));
    expect(told?.put.map((line) => (line.kind === 'product' ? line.record.sku : ''))).toEqual(['A-2', 'A-3']);
    expect(told?.remove).toEqual([{ kind: 'article', key: 'returns' }]);
    expect(repository.get('article', 'returns')).toBeUndefined();
  });

  it('never overwrites what an import brought', () => {
    const own = repository.saveSource('import', 'x', 1);
    repository.put(product('A-1', 'Our own kettle'), own);
    install([product('A-1', 'Kettle')]);
    install([product('A-1', 'Kettle, new')]);
    expect(repository.get('product', 'A-1')).toMatchObject({ name: 'Our own kettle' });
  });

  it('is all or nothing: a fault while indexing leaves no record behind', () => {
    expect(() => install([product('A-1', 'Kettle')], () => { throw new Error('index'); })).toThrow('index');
    expect(repository.count('product')).toBe(0);
    expect(install([product('A-1', 'Kettle')])).toBe(true);
  });

  it('a record that does not fit its schema stops the whole pack', () => {
    expect(() => install([product('A-1', 'Kettle'), { kind: 'product', record: { sku: '', name: '' } } as PackLine])).toThrow();
    expect(repository.count('product')).toBe(0);
  });
});

describe('the repository', () => {
  it('pages through everything once, also while rows are added', () => {
    const source = repository.saveSource('import', 'x', 1);
    for (let index = 0; index < 1_203; index += 1) repository.put(product(`P-${index}`, `Thing ${index}`), source);
    const keys = new Set([...repository.pages('product')].map((line) => (line.kind === 'product' ? line.record.sku : '')));
    expect(keys.size).toBe(1_203);
  });

  it('looks records up by their key, not by reading the table', () => {
    const plan = db.prepare("EXPLAIN QUERY PLAN SELECT json FROM record WHERE kind = 'product' AND key = 'x'").all() as { detail: string }[];
    expect(plan.map((row) => row.detail).join()).toContain('record_by_key');
  });
});

describe('searches without result', () => {
  it('counts text per day, and knows nothing else', () => {
    const misses = createMissLog(db);
    misses.add('samovar', false, '2026-01-05');
    misses.add('samovar', false, '2026-01-06');
    misses.add('kettle', true, '2026-01-06');
    expect(misses.list(10)).toEqual([{ text: 'samovar', found: false, count: 2, lastDay: '2026-01-06' }, { text: 'kettle', found: true, count: 1, lastDay: '2026-01-06' }]);
    const columns = (db.pragma('table_info(search_miss)') as { name: string }[]).map((column) => column.name);
    expect(columns).toEqual(['day', 'text', 'found', 'count']);
    misses.clear();
    expect(misses.list(10)).toEqual([]);
  });
});
