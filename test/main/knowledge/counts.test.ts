import { expect, it } from 'vitest';
import { createCountHandlers } from '#main/app-counts.ts';
import { migrate } from '#main/db/migrate.ts';
import { knowledgeMigrations } from '#main/db/migrations/knowledge/index.ts';
import { openDatabase } from '#main/db/open.ts';
import { createCountLog, createMissLog, unusedRecords } from '#main/features/knowledge/index.ts';
import type { PackLine } from '#shared/domain/knowledge.ts';
import { countsSchema, type Counts } from '#shared/domain/news/counts.ts';
import { receiptSchema, type Receipt } from '#shared/domain/news/receipt.ts';

const NOW = Date.UTC(2026, 10, 20, 9);
const DAY = 86_400_000;

function desk() {
  const db = openDatabase({ file: ':memory:', kind: 'knowledge' });
  migrate(db, knowledgeMigrations);
  const clock = { now: NOW };
  return { clock, misses: createMissLog(db), log: createCountLog(db, () => clock.now) };
}

it('counts by day; what a desk tells others is days that are over, and no search that holds a long number', () => {
  const { clock, misses, log } = desk();
  misses.add('blue kettle', false, '2026-11-19');
  misses.add('order 4711 08 15', false, '2026-11-19');
  misses.add('red kettle', false, '2026-11-20');
  clock.now = NOW - DAY;
  log.used('script', 'returns');
  log.used('script', 'returns');
  clock.now = NOW;
  log.used('article', 'warranty');
  const told = log.counts(60, true);
  expect(countsSchema.parse(told)).toEqual({ since: '2026-11-19', gaps: [{ day: '2026-11-19', text: 'blue kettle', found: false, count: 1 }], used: [{ day: '2026-11-19', kind: 'script', key: 'returns', count: 2 }] });
  const here = log.counts(60, false);
  expect(here.gaps).toHaveLength(3);
  expect(here.used.map(({ key }) => key)).toEqual(['warranty', 'returns']);
  clock.now = NOW + 400 * DAY;
  log.used('article', 'warranty');
  expect(log.counts(900, false).used).toHaveLength(1);
});

it('a receipt carries counts and is refused with anything else beside them', () => {
  const receipt: Receipt = { v: 1, desk: 'desk-aaaaaaaaaaaa', at: NOW, app: '1', releases: [], acknowledged: [], flags: [], counts: { since: '2026-11-19', gaps: [], used: [{ day: '2026-11-19', kind: 'script', key: 'returns', count: 2 }] } };
  expect(receiptSchema.safeParse(receipt).success).toBe(true);
  expect(receiptSchema.safeParse({ ...receipt, counts: { ...receipt.counts, agent: 'Ada' } }).success).toBe(false);
});

it('sums the desks, its own only once, and finds what nobody opened', async () => {
  const counts = (gaps: Counts['gaps'], used: Counts['used']): Counts => ({ since: '2026-10-01', gaps, used });
  const own = counts([{ day: '2026-11-19', text: 'blue kettle', found: false, count: 2 }], [{ day: '2026-11-19', kind: 'script', key: 'returns', count: 1 }]);
  const other = counts([{ day: '2026-11-18', text: 'blue kettle', found: false, count: 3 }, { day: '2026-11-17', text: 'blue kettle', found: false, count: 1 }], [{ day: '2026-10-02', kind: 'article', key: 'old', count: 4 }]);
  const receipt = (name: string, of: Counts | undefined): Receipt => ({ v: 1, desk: name, at: NOW, app: '1', releases: [], acknowledged: [], flags: [], ...(of === undefined ? {} : { counts: of }) });
  const list = [
    { kind: 'script', record: { id: 'returns', kind: 'call', title: 'Returns' } }, { kind: 'script', record: { id: 'part', kind: 'sub-script', title: 'Part' } },
    { kind: 'article', record: { id: 'old', title: 'Old' } }, { kind: 'article', record: { id: 'never', title: 'Never' } },
  ] as unknown as PackLine[];
  const pages = function* (kind: string) { yield* list.filter((line) => line.kind === kind); };
  const handlers = createCountHandlers({
    desk: 'desk-own', counts: () => Promise.resolve(own), receipts: () => Promise.resolve([receipt('desk-own', own), receipt('desk-b', other), receipt('desk-c', undefined)]),
    unused: (asked) => unusedRecords({ pages }, asked, () => Promise.resolve()),
  });
  expect(await handlers['counts.gaps']({}, { id: '' })).toEqual({ gaps: [{ text: 'blue kettle', found: false, count: 6, desks: 2, lastDay: '2026-11-19' }], others: 1 });
  expect(await handlers['counts.unused']({ before: '2026-11-01', kinds: ['script', 'article'] }, { id: '' })).toMatchObject({ total: 2, others: 1, since: '2026-10-01', records: [{ key: 'never', count: 0 }, { key: 'old', count: 4, lastDay: '2026-10-02' }] });
});

it('tells of a thousand products without crowding out the scripts, and of each record once', () => {
  const { clock, log } = desk();
  clock.now = NOW - 3 * DAY;
  log.used('script', 'returns');
  for (let n = 0; n < 1_300; n++) log.used('product', `P-${n}`);
  clock.now = NOW - DAY;
  for (let n = 0; n < 1_300; n++) log.used('product', `P-${n}`);
  clock.now = NOW;
  const { used } = countsSchema.parse(log.counts(60, true));
  expect(used).toHaveLength(1_200);
  expect(used[0]).toEqual({ day: '2026-11-17', kind: 'script', key: 'returns', count: 1 });
  expect(used[1]).toMatchObject({ day: '2026-11-19', kind: 'product', count: 2 });
});

it('finds products nobody opened among many, never opened first, and counts what it does not list', async () => {
  const lines = Array.from({ length: 1_200 }, (_, n) => ({ kind: 'product', record: { sku: `P-${n}`, name: `Thing ${String(n).padStart(4, '0')}` } }) as PackLine);
  const found = await unusedRecords({ pages: function* () { yield* lines; } }, { kinds: ['product'], before: '2026-11-01', used: [{ kind: 'product', key: 'P-0', count: 2, day: '2026-11-05' }, { kind: 'product', key: 'P-1', count: 1, day: '2026-10-05' }] }, () => Promise.resolve());
  expect([found.total, found.records.length, found.records[0]?.key]).toEqual([1_199, 500, 'P-2']);
});
