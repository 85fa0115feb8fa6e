import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { keysOf, newDesk, product } from './helpers.ts';

const folder = mkdtempSync(join(tmpdir(), 'callside-search-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const child = fileURLToPath(new URL('./kill-child.ts', import.meta.url));

/** Runs the writer and kills it `after` ms from when it is ready. */
function runAndKill(file: string, after: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const writer = spawn(process.execPath, [child, file], { stdio: ['ignore', 'pipe', 'pipe'] });
    let errors = '';
    writer.stderr.on('data', (data: Buffer) => (errors += data.toString()));
    writer.stdout.once('data', () => setTimeout(() => writer.kill('SIGKILL'), after));
    writer.on('exit', (_code, signal) => (signal === 'SIGKILL' ? resolve() : reject(new Error(errors))));
  });
}

describe('kill -9 while records and index are written', () => {
  it('leaves both at the same state, 15 times', async () => {
    const file = join(mkdtempSync(join(folder, 'killed-')), 'killed.db');
    for (let i = 0; i < 15; i++) {
      await runAndKill(file, 40 + ((i * 53) % 300));
      const { db, index } = newDesk(file);
      const records = db.prepare<[], { key: string; title: string }>('SELECT key, title FROM record').all();
      expect(index.stats().docs).toBe(records.length);
      expect(index.integrityCheck()).toMatchObject({ ok: true, problems: [] });
      for (const record of records.filter((_record, at) => at % 29 === 0)) expect(index.query({ text: record.title, budgetMs: 60_000 }).hits[0]?.title).toBe(record.title);
      db.close();
    }
  });
});

describe('damage', () => {
  it('is found in every chunk, by the check or on use, and cured by a rebuild', () => {
    const { db, index } = newDesk();
    const docs = Array.from({ length: 300 }, (_, i) => product(`p${i}`, `lamp number ${i}`, { codes: [`40000000000${i}`], price: i + 1, category: ['Home', 'Lamps'] }));
    index.apply({ put: docs });
    const chunks = db.prepare<[], { id: number; data: Buffer }>('SELECT id, data FROM search_chunk').all();
    const update = db.prepare('UPDATE search_chunk SET data = ? WHERE id = ?');
    for (const { id, data } of chunks) {
      if (data.length === 0) continue;
      const flipped = Buffer.from(data);
      const at = Math.floor(data.length / 2);
      flipped[at] = (flipped[at] ?? 0) ^ 4;
      update.run(flipped, id);
      expect(index.integrityCheck().ok).toBe(false);
      update.run(data, id);
    }
    expect(index.integrityCheck()).toMatchObject({ ok: true, chunks: chunks.length });
    db.prepare('DELETE FROM search_chunk WHERE id = ?').run(chunks[0]?.id);
    expect(index.integrityCheck().ok).toBe(false);
    for (const _ of index.rebuild(docs)) expect(index.stats().docs).toBeGreaterThan(0);
    expect(index.integrityCheck().ok).toBe(true);
    expect(keysOf(index, 'lamp number 7')[0]).toBe('p7');
  });

  it('leaves the rest answering, says so, and a rebuild cures it', () => {
    const file = join(folder, 'damaged.db');
    const first = newDesk(file);
    const whole = [product('a', 'red lamp'), product('b', 'blue lamp')];
    for (const doc of whole) {
      const session = first.index.begin();
      session.add([doc]);
      session.commit();
    }
    first.db.exec('UPDATE search_chunk SET crc = crc + 1 WHERE segment = (SELECT min(segment) FROM search_chunk)');
    first.db.close();
    const { db, index } = newDesk(file);
    expect(keysOf(index, 'lamp')).toEqual(['b']);
    expect(index.query({ text: 'lamp' }).complete).toBe(false);
    expect(index.stats().damaged).toBe(1);
    for (const _ of index.rebuild(whole)) continue;
    expect(new Set(keysOf(index, 'lamp'))).toEqual(new Set(['a', 'b']));
    expect(index.query({ text: 'lamp' }).complete).toBe(true);
    expect(index.stats().damaged).toBe(0);
    db.close();
  });
});
