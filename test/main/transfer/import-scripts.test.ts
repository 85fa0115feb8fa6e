import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { importScripts, inspectScripts } from '#main/features/transfer/import-scripts.ts';
import type { ImportHooks } from '#main/features/transfer/index.ts';
import type { Script } from '#shared/domain/scripts/schema.ts';
import type { ImportCounts } from '#shared/domain/transfer/job.ts';
import type { RefusedRow } from '#shared/domain/transfer/problems.ts';
import { openBeside, openDesk, tempDir, writeFile, type Desk } from './helpers.ts';

const DATA = resolve(import.meta.dirname, '../../../../shared/data');
const PUBLIC = ['abcd_scripts.json', 'star_scripts.json'].map((file) => resolve(DATA, file));

const script = (id: string, patch: Partial<Script> = {}): Script => ({
  id, kind: 'call', title: `Script ${id}`, description: 'Words', entry: 'a',
  steps: [{ id: 'a', cue: 'Greet', answers: [{ id: 'y', label: 'Yes', to: 'b' }, { id: 'n', label: 'No', to: 'b' }] }, { id: 'b', cue: 'Close' }], ...patch,
});
const json = (value: unknown): string => JSON.stringify(value);

async function take(desk: Desk, file: string, ids: string[], hooks: Partial<ImportHooks> = {}): Promise<{ counts: ImportCounts; refused: RefusedRow[] }> {
  const refused: RefusedRow[] = [];
  const counts = await importScripts({ ...desk, now: Date.now }, { job: 'job-1', file, source: 'import:test', take: ids }, {
    progress: () => undefined, refused: (row) => refused.push(row), cancelled: () => false, settle: () => Promise.resolve(), ...hooks,
  });
  return { counts, refused };
}
const codes = (rows: readonly RefusedRow[]): string[] => rows.map(({ row, problems }) => `${row} ${problems.map((one) => `${one.code} @ ${one.column}`).join('; ')}`);
const titles = (desk: Desk, text: string): string[] => desk.index.query({ text, limit: 5 }).hits.map((hit) => hit.key);

describe('a file of scripts', () => {
  it('is recognised as our own records in every way they are written, gzipped too', async () => {
    const dir = tempDir();
    const desk = openDesk(dir);
    const two = [script('one'), script('two')];
    const forms = {
      'list.json': json(two), 'wrapped.json': json({ scripts: two }), 'pack.ndjson': `${two.map((record) => json({ kind: 'script', record })).join('\n')}\n${json({ kind: 'article', record: {} })}\n`,
      'lines.jsonl': two.map(json).join('\r\n'), 'mark.json': `\ufeff${json(two)}`, 'packed.json.gz': gzipSync(json(two)),
    };
    for (const [name, content] of Object.entries(forms)) {
      const preview = await inspectScripts(desk.repository, writeFile(dir, name, content), 'en');
      expect(preview.scripts.map(({ id, here, steps }) => `${id} ${here} ${steps}`), name).toEqual(['one new 2', 'two new 2']);
    }
    expect((await inspectScripts(desk.repository, writeFile(dir, 'one.json', json(script('one'))), 'en')).scripts).toHaveLength(1);
  });

  it('that holds none, is cut off, or is empty, is refused as a whole with its reason', async () => {
    const dir = tempDir();
    const desk = openDesk(dir);
    const reason = (name: string, content: string): Promise<unknown> => inspectScripts(desk.repository, writeFile(dir, name, content), 'en').then(() => 'read', (cause: { reason?: string }) => cause.reason);
    expect(await reason('a.json', json({ products: [] }))).toBe('not-scripts');
    expect(await reason('b.json', json([script('one')]).slice(0, -20))).toBe('damaged');
    expect(await reason('c.json', '{\n  "id": "one",\n  "steps": [\n')).toBe('damaged');
    expect(await reason('d.json', ' \n')).toBe('empty');
  });

  it('tells of each refused script where it is wrong, and takes the others', async () => {
    const dir = tempDir();
    const desk = openDesk(dir);
    const broken = { ...script('broken'), steps: [{ id: 'a', cue: 'x'.repeat(5_000) }, { cue: 'no id' }] };
    const file = writeFile(dir, 'mixed.ndjson', [
      json(script('good')), json(broken), '{ not json', json(script('good')),
      json(script('astray', { steps: [{ id: 'a', cue: 'Greet', next: 'nowhere' }] })),
      json(script('opens-astray', { steps: [{ id: 'a', cue: 'Sub', subScript: 'astray' }] })),
      json({ id: 'no-steps', kind: 'call', title: 'x', description: '', entry: 'a', steps: [] }),
    ].join('\n'));
    const preview = await inspectScripts(desk.repository, file, 'en');
    expect(preview.scripts.map(({ id }) => id)).toEqual(['good']);
    const refused = codes(preview.refused);
    expect(refused).toHaveLength(6);
    expect(refused.some((line) => line.includes('script-part-missing @ broken › steps › 2 › id'))).toBe(true);
    expect(refused).toContain('3 bad-json @ ');
    expect(refused.some((line) => line.endsWith('script-twice @ good'))).toBe(true);
    expect(refused.some((line) => line.includes('script-lint @ astray › a'))).toBe(true);
    // What opens a refused script could not be walked either.
    expect(refused.some((line) => line.includes('script-lint @ opens-astray › a'))).toBe(true);
    const { counts, refused: told } = await take(desk, file, ['good', 'astray']);
    expect(counts).toEqual({ rows: 7, added: 1, changed: 0, same: 0, refused: 6 });
    expect(told).toHaveLength(6);
    expect(desk.repository.list('script').map(({ id }) => id)).toEqual(['good']);
  });

  it('one bad flow of a public file does not take the others with it', async () => {
    const dir = tempDir();
    const desk = openDesk(dir);
    const flow = (title: string, steps: unknown): unknown => ({ title, description: 'About it', closing: [], steps });
    const step = { button: 'Pull up Account', text: 'Ask for the name.', notes: ['Full name'] };
    const file = writeFile(dir, 'flows.json', json({ orders: { title: 'Orders', subflows: { 'Track Order': flow('Track', [step]), lost: flow('Lost', 'soon'), late: flow('Late', [step]) } }, empty: { title: 'Empty' } }));
    const preview = await inspectScripts(desk.repository, file, 'en');
    expect(preview.format).toBe('retailer-flows');
    expect(preview.scripts.map(({ id, place }) => `${id} ${place}`)).toEqual(['track-order orders › Track Order', 'late orders › late']);
    expect(codes(preview.refused)).toEqual([expect.stringContaining('script-part-wrong @ orders › lost › steps'), expect.stringContaining('4 ')]);
  });

  it('lints against the scripts of the desk: a sub-script that is here is known', async () => {
    const dir = tempDir();
    const desk = openDesk(dir);
    await take(desk, writeFile(dir, 'sub.json', json([script('identify', { kind: 'sub-script' })])), ['identify']);
    const file = writeFile(dir, 'main.json', json([script('main', { steps: [{ id: 'a', cue: 'Who', subScript: 'identify' }] })]));
    expect((await inspectScripts(desk.repository, file, 'en')).scripts.map(({ id }) => id)).toEqual(['main']);
  });
});

describe('taking scripts', () => {
  it('makes them known and found, again changes nothing, and a changed one replaces the old', async () => {
    const dir = tempDir();
    const desk = openDesk(dir);
    const file = writeFile(dir, 'scripts.json', json([script('kayak', { title: 'Kayak rental' }), script('canoe', { title: 'Canoe rental' })]));
    expect((await take(desk, file, ['kayak'])).counts).toMatchObject({ added: 1, refused: 0 });
    expect(titles(desk, 'kayak')).toEqual(['kayak']);
    expect(titles(desk, 'canoe')).toEqual([]);
    expect((await inspectScripts(desk.repository, file, 'en')).scripts.map(({ here }) => here)).toEqual(['same', 'new']);
    expect((await take(desk, file, ['kayak', 'canoe'])).counts).toMatchObject({ same: 1, added: 1 });
    const changed = writeFile(dir, 'changed.json', json([script('kayak', { title: 'Pedalo rental' })]));
    expect((await inspectScripts(desk.repository, changed, 'en')).scripts[0]?.here).toBe('changed');
    expect((await take(desk, changed, ['kayak'])).counts).toMatchObject({ changed: 1 });
    expect(titles(desk, 'pedalo')).toEqual(['kayak']);
  });

  it('called off in the middle leaves nothing, on another connection as well', async () => {
    const dir = tempDir();
    const desk = openDesk(dir);
    const many = Array.from({ length: 100 }, (_, at) => script(`s${at}`, { title: `Zebra ${at}` }));
    const file = writeFile(dir, 'many.json', json(many));
    let turns = 0;
    await expect(take(openBeside(desk), file, many.map(({ id }) => id), { cancelled: () => ++turns > 2 })).rejects.toThrow('cancelled');
    expect(desk.repository.count('script')).toBe(0);
    expect(titles(desk, 'zebra')).toEqual([]);
  });
});

describe.skipIf(!PUBLIC.every((file) => existsSync(file)))('the public scripts', () => {
  it('all 79 are taken, without one finding', async () => {
    const desk = openDesk(tempDir());
    for (const [at, file] of PUBLIC.entries()) {
      const preview = await inspectScripts(desk.repository, file, 'en');
      expect([preview.scripts.length, preview.refusedCount]).toEqual([[55, 0], [24, 0]][at]);
      expect(preview.scripts.flatMap(({ findings }) => findings)).toEqual([]);
      await take(desk, file, preview.scripts.map(({ id }) => id));
    }
    expect(desk.repository.count('script')).toBe(79);
    expect(titles(desk, 'refund')).not.toEqual([]);
  });
});
