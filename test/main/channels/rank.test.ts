import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { installRelease, openDeskChannels, reorderBases, type ReleaseChange } from '#main/features/channels/index.ts';
import { createMarks } from '#main/features/knowledge/index.ts';
import { batches, change, openKnowledge, product, release, tombstone } from './release-helpers.ts';

/** A desk with the knowledge of its sector and, above it, its organisation's own. */
async function deskWithTwo(): Promise<ReturnType<typeof openKnowledge>> {
  const desk = openKnowledge();
  const install = async (kb: string, title: string, order: number, changes: readonly ReleaseChange[], count: number): Promise<void> => void (await installRelease(desk, release({ kb, title, order, count }), batches(changes)));
  await install('sector', 'Retail', 400, [change(product('A', 'Kettle of the sector')), change(product('B', 'Toaster')), change(product('C', 'Iron'))], 3);
  await install('house', 'Our house', 500, [change(product('A', 'Kettle of the house')), change(product('B', 'Toaster')), tombstone(product('C', 'Iron'), 2)], 2);
  return desk;
}

const names = ({ repository }: ReturnType<typeof openKnowledge>): (string | undefined)[] => ['A', 'B', 'C'].map((sku) => repository.get('product', sku)?.name);
const found = ({ index }: ReturnType<typeof openKnowledge>, text: string): string[] => index.query({ text, limit: 10 }).hits.map(({ title }) => title);

it('the base named first decides, in records, removals and search alike, and back again', async () => {
  const desk = await deskWithTwo();
  expect(names(desk)).toEqual(['Kettle of the house', 'Toaster', undefined]);
  expect(reorderBases(desk, [{ kb: 'sector', order: 500 }, { kb: 'house', order: 499 }])).toBe(2);
  expect(names(desk)).toEqual(['Kettle of the sector', 'Toaster', 'Iron']);
  expect(found(desk, 'kettle')).toEqual(['Kettle of the sector']);
  expect(found(desk, 'iron')).toEqual(['Iron']);
  expect(reorderBases(desk, [{ kb: 'house', order: 500 }, { kb: 'sector', order: 499 }])).toBe(2);
  expect(names(desk)).toEqual(['Kettle of the house', 'Toaster', undefined]);
  expect(found(desk, 'iron')).toEqual([]);
});

it('says of a record which base it is from, only where another one says something else', async () => {
  const desk = await deskWithTwo();
  expect(createMarks(desk.db)()).toEqual([{ kind: 'product', key: 'A', local: false, base: 'Our house', others: ['Retail'] }]);
});

it('a release that comes with another rank decides anew about what it does not bring, too', async () => {
  const desk = await deskWithTwo();
  await installRelease(desk, release({ kb: 'sector', title: 'Retail', release: 2, order: 600, count: 4 }), batches([change(product('D', 'Fan'))]));
  expect(names(desk)).toEqual(['Kettle of the sector', 'Toaster', 'Iron']);
});

it('the order of a desk is kept with its channels, and a new channel begins below all others', () => {
  const dir = mkdtempSync(join(tmpdir(), 'callside-rank-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const file = join(dir, 'channels.json');
  const channels = openDeskChannels(file, () => undefined);
  for (const kb of ['sector', 'house']) channels.setKb(channels.add(`/share/${kb}`)?.id ?? '', kb);
  channels.rank(['house', 'sector']);
  const again = openDeskChannels(file, () => undefined);
  const order = (kb: string): number => again.list().find((one) => one.kb === kb)?.order ?? -1;
  expect(order('house')).toBeGreaterThan(order('sector'));
  expect(again.add('/share/third')?.order).toBeLessThan(order('sector'));
});
