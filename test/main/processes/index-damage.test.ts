import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PART } from '#main/features/search/tables.ts';
import { openKnowledgeService } from '#main/processes/knowledge-service.ts';
import type { Service } from '#main/processes/serve.ts';
import type { SearchAnswer } from '#shared/domain/search/schema.ts';

let dir: string;
let service: Service | undefined;
let jobs: string[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  dir = mkdtempSync(join(tmpdir(), 'callside-damage-'));
});
afterEach(async () => {
  await close();
  vi.useRealTimers();
  rmSync(dir, { recursive: true, force: true });
});

const lamps = Array.from({ length: 3_000 }, (_, i) => ({ sku: `L-${i}`, name: `Lumeo lamp ${i}` }));
const chairs = Array.from({ length: 600 }, (_, i) => ({ sku: `C-${i}`, name: `Ostara chair ${i}` }));

/** Opens the knowledge process on `dir` with these products built in. */
function open(products: readonly { sku: string; name: string }[]): void {
  writeFileSync(join(dir, 'starter-pack.ndjson'), products.map((record) => `${JSON.stringify({ kind: 'product', record })}\n`).join(''));
  jobs = [];
  service = openKnowledgeService({ dataDir: dir, resourcesDir: dir }, {
    publish: (name, payload) => {
      if (name === 'job.changed') jobs.push((payload as { state: string }).state);
    },
    log: () => undefined,
  });
}

async function close(): Promise<void> {
  await service?.close();
  service = undefined;
}

const search = (text: string): SearchAnswer => service?.handle('search.query', { text, budgetMs: 1_000 }, { id: 'test' }) as SearchAnswer;
const titles = (text: string): string[] => search(text).hits.map((hit) => hit.title);

/** Flips one bit in every chunk of a part of the first segment that is searched, the one with the lamps, while nobody has the file open. Returns how many. */
function damage(part: number): number {
  const db = new Database(join(dir, 'knowledge.db'));
  const rows = db.prepare<[number], { id: number; data: Buffer }>('SELECT id, data FROM search_chunk WHERE part = ? AND segment = (SELECT min(id) FROM search_segment WHERE live = 1)').all(part);
  for (const { id, data } of rows) {
    data[data.length >> 1] = (data[data.length >> 1] ?? 0) ^ 16;
    db.prepare('UPDATE search_chunk SET data = ? WHERE id = ?').run(data, id);
  }
  db.close();
  return rows.length;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Goes on as the process does between requests until the rebuild has ended; `each` runs between its slices. */
async function untilBuilt(each: () => void = () => undefined): Promise<number> {
  let turns = 0;
  for (; jobs.at(-1) !== 'done' && turns < 20_000; turns++) {
    each();
    await turn();
  }
  return turns;
}

describe('a damaged search index', () => {
  beforeEach(async () => {
    // Two starts, so that chairs and lamps lie in segments of their own.
    open(lamps);
    await close();
    open([...lamps, ...chairs]);
    await close();
  });

  it('is built again behind the answers when a search meets the damage', async () => {
    expect(damage(PART.postings)).toBeGreaterThan(0);
    open([...lamps, ...chairs]);
    expect(search('lumeo lamp 7').complete).toBe(false);
    expect(jobs).toEqual(['running']);
    let asked = 0;
    await untilBuilt(() => {
      asked++;
      expect(titles('ostara chair 7')[0]).toBe('Ostara chair 7');
    });
    expect(asked).toBeGreaterThan(3);
    expect(jobs).toEqual(['running', 'done']);
    expect(search('lumeo lamp 7')).toMatchObject({ complete: true });
    expect(titles('lumeo lamp 7')[0]).toBe('Lumeo lamp 7');
    expect(titles('ostara chair 7')[0]).toBe('Ostara chair 7');
  });

  it('goes on answering what does not need the damaged part', async () => {
    // Barcodes and skus are in tables of their own: words are found all the same.
    expect(damage(PART.mixedTable)).toBeGreaterThan(0);
    open([...lamps, ...chairs]);
    expect(search('L-777 ').complete).toBe(false);
    expect(titles('lumeo lamp')[0]).toMatch(/^Lumeo lamp/);
    await untilBuilt();
    expect(titles('L-777 ')[0]).toBe('Lumeo lamp 777');
  });

  it('is found by the check of an idle desk though nobody has met it', async () => {
    expect(damage(PART.stored)).toBeGreaterThan(0);
    open([...lamps, ...chairs]);
    await turn();
    expect(jobs).toEqual([]);
    vi.advanceTimersByTime(2_000);
    await untilBuilt();
    expect(jobs).toEqual(['running', 'done']);
    expect(search('lumeo lamp 7')).toMatchObject({ complete: true });
    expect(titles('lumeo lamp 7')[0]).toBe('Lumeo lamp 7');
  });

  it('takes changes meanwhile, and has them after the rebuild', async () => {
    damage(PART.keyTable);
    damage(PART.keyFence);
    open([{ sku: 'L-7', name: 'Lumeo candle' }, ...lamps.filter(({ sku }) => sku !== 'L-7'), ...chairs]);
    expect(titles('lumeo candle')[0]).toBe('Lumeo candle');
    vi.advanceTimersByTime(2_000);
    await untilBuilt();
    expect(titles('lumeo candle')).toEqual(expect.arrayContaining(['Lumeo candle']));
    expect(titles('lumeo lamp 7')).not.toContain('Lumeo lamp 7');
  });
});

it('a sound search index is left as it is', async () => {
  open(lamps.slice(0, 300));
  await close();
  open(lamps.slice(0, 300));
  vi.advanceTimersByTime(2_000);
  for (let i = 0; i < 300; i++) await turn();
  expect(jobs).toEqual([]);
});
