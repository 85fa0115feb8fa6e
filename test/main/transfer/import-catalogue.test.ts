import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ImportCancelled } from '#main/features/transfer/index.ts';
import { openBeside, openDesk, runImport, taskFor, tempDir, writeFile, type Desk } from './helpers.ts';

const csv = (rows: readonly string[]): string => ['sku,name,brand,price', ...rows].join('\n');
const found = (desk: Desk, text: string): string[] => desk.index.query({ text, limit: 5, budgetMs: 60_000 }).hits.map(({ key }) => key);
const many = (count: number, word = 'kettle'): string => csv(Array.from({ length: count }, (_, at) => `S-${at},Vandelmar ${word} ${at},Vandelmar,${at % 90}.50`));

describe('one file', () => {
  it('adds, updates, leaves equal rows alone, and is found', async () => {
    const dir = tempDir();
    const desk = openDesk(dir);
    const first = await runImport(desk, await taskFor(writeFile(dir, 'a.csv', csv(['1,Florentina kettle,Morelva,10', '2,Pico toaster,Morelva,20', '3,Lamp,Morelva,30']))));
    expect(first.counts).toEqual({ rows: 3, added: 3, changed: 0, same: 0, refused: 0 });
    expect(found(desk, 'florntina')).toEqual(['1']);
    const second = await runImport(desk, await taskFor(writeFile(dir, 'b.csv', csv(['2,Pico grill,Morelva,20', '3,Lamp,Morelva,30', '4,Desk,Morelva,40']))));
    expect(second.counts).toEqual({ rows: 3, added: 1, changed: 1, same: 1, refused: 0 });
    expect(found(desk, 'toaster')).not.toContain('2');
    expect(found(desk, 'pico grill')[0]).toBe('2');
    expect(desk.repository.count('product')).toBe(4);
    expect(desk.index.integrityCheck().ok).toBe(true);
  });

  it('lets the last row of a sku win', async () => {
    const dir = tempDir();
    const desk = openDesk(dir);
    const { counts } = await runImport(desk, await taskFor(writeFile(dir, 'a.csv', csv(['1,First name,,1', '1,Second name,,2']))));
    expect(counts).toMatchObject({ added: 1, changed: 1 });
    expect(found(desk, 'name')).toEqual(['1']);
    expect(desk.repository.get('product', '1')?.name).toBe('Second name');
  });

  it('imports the rest of 100,000 rows of which 1,000 are broken in ten ways, and reports each', async () => {
    const dir = tempDir();
    const desk = openDesk(dir);
    const broken = [
      ',No number,B,1', 'X,,B,1', 'X,Cheap,B,cheap', 'X,Below,B,-5', 'X,"Open,B,1', 'X,Too,many,1,cells', 'X,Odd,B,1.2.3', `${'X'.repeat(130)},Long,B,1`, 'X,Fine,B,12.345678', 'X,Error,B,#N/A',
    ];
    const wanted: number[] = [];
    const rows = Array.from({ length: 100_000 }, (_, at) => {
      if (at % 100 !== 50) return `S-${at},Vandelmar kettle ${at},Vandelmar,${at % 90}.50`;
      wanted.push(at + 2);
      return broken[Math.floor(at / 100) % broken.length] ?? '';
    });
    const { counts, refused } = await runImport(desk, await taskFor(writeFile(dir, 'a.csv', csv(rows))));
    expect(counts).toEqual({ rows: 100_000, added: 99_000, changed: 0, same: 0, refused: 1_000 });
    expect(refused.map(({ row }) => row)).toEqual(wanted);
    expect(new Set(refused.flatMap(({ problems }) => problems.map(({ code }) => code)))).toEqual(new Set(['missing-sku', 'missing-name', 'not-a-number', 'negative', 'quote', 'too-many-cells', 'too-long', 'too-many-decimals', 'bad-cell']));
    expect(found(desk, 'vandelmar kettle 99999')[0]).toBe('S-99999');
  });
});

describe('until the commit', () => {
  it('another connection answers from the state before, records and search alike', async () => {
    const dir = tempDir();
    const desk = openDesk(dir);
    await runImport(desk, await taskFor(writeFile(dir, 'a.csv', csv(['S-1,Florentina kettle,Morelva,10']))));
    let asked = 0;
    const look = (): Promise<void> => {
      asked++;
      expect(desk.repository.count('product')).toBe(1);
      expect(desk.repository.get('product', 'S-1')?.name).toBe('Florentina kettle');
      expect(found(desk, 'florentina')).toEqual(['S-1']);
      expect(found(desk, 'vandelmar')).toEqual([]);
      return Promise.resolve();
    };
    await runImport(openBeside(desk), await taskFor(writeFile(dir, 'b.csv', many(6_000))), { settle: look });
    expect(asked).toBeGreaterThan(3);
    expect(desk.repository.count('product')).toBe(6_000);
    expect(found(desk, 'florentina')).not.toContain('S-1');
    expect(found(desk, 'vandelmar kettle 1')[0]).toBe('S-1');
  });

  it.each(['reading', 'indexing'])('a cancel while %s leaves nothing', async (phase) => {
    const dir = tempDir();
    const desk = openDesk(dir);
    let reached = false;
    const task = await taskFor(writeFile(dir, 'a.csv', many(6_000)));
    const hooks = { progress: (_rows: number, _total: number | undefined, now: string) => (reached ||= now === phase), cancelled: () => reached };
    await expect(runImport(desk, task, hooks as never)).rejects.toBeInstanceOf(ImportCancelled);
    expect(desk.repository.count('product')).toBe(0);
    expect(desk.repository.source('import:test')).toBeUndefined();
    expect(found(desk, 'vandelmar')).toEqual([]);
    expect(desk.index.integrityCheck().ok).toBe(true);
    expect((await runImport(desk, task)).counts.added).toBe(6_000);
  });

  it('a file that ends in rubble changes nothing', async () => {
    const dir = tempDir();
    const desk = openDesk(dir);
    const task = await taskFor(writeFile(dir, 'a.csv', many(3_000)));
    await expect(runImport(desk, { ...task, file: join(dir, 'gone.csv') })).rejects.toThrow('ENOENT');
    expect(desk.repository.count('product')).toBe(0);
    expect(desk.db.inTransaction).toBe(false);
  });

  it.each(['1', '3000', 'step-1', 'step-8'])('a process killed at %s leaves the old state', async (where) => {
    const dir = tempDir();
    const desk = openDesk(dir);
    await runImport(desk, await taskFor(writeFile(dir, 'a.csv', csv(['S-1,Florentina kettle,Morelva,10']))));
    const file = writeFile(dir, 'b.csv', many(6_000));
    const child = spawnSync(process.execPath, [resolve(import.meta.dirname, 'import-and-die.ts'), desk.file, file, where], { encoding: 'utf8' });
    expect(child.stderr).toBe('');
    expect(child.signal).toBe('SIGKILL');
    expect(desk.repository.count('product')).toBe(1);
    expect(desk.repository.source('import:doomed')).toBeUndefined();
    expect(found(desk, 'florentina')).toEqual(['S-1']);
    expect(desk.index.integrityCheck().ok).toBe(true);
    // And the next import works on what is there.
    expect((await runImport(openBeside(desk), await taskFor(file))).counts).toMatchObject({ added: 5_999, changed: 1 });
  });
});
