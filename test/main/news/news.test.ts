import { beforeEach, describe, expect, it } from 'vitest';
import { createLedger } from '#main/db/ledger.ts';
import { recordsMigrations } from '#main/db/migrations/records/index.ts';
import { openRecords, type OpenedRecords } from '#main/db/open-records.ts';
import { createNewsService, newsRestorers, type NewsService } from '#main/features/news/index.ts';
import { toSearchDoc } from '#main/features/search/index.ts';
import { createTestClock, type TestClock } from '#main/lib/clock.ts';
import { silentLogger } from '#main/lib/logger.ts';
import { tempDir } from '../db/helpers.ts';

let dir: string;
let clock: TestClock;
let records: OpenedRecords;
let news: NewsService;
let count = 0;
const open = (): void => {
  records = openRecords({ dir, key: undefined, clock, log: silentLogger, migrations: recordsMigrations, restorers: [...newsRestorers] });
  news = createNewsService({ db: records.db, ledger: createLedger({ db: records.db, journal: records.journal, clock }), newId: () => `n${(count += 1)}` });
};
beforeEach(() => {
  dir = tempDir();
  clock = createTestClock();
  open();
});
const about = { kind: 'article', key: 'returns-policy', title: 'Returns policy' } as const;

describe('flags of a desk', () => {
  it('masks a card number before anything is stored, applies a command once, and shows what came back', () => {
    const { id } = news.addFlag('c1', { about, problem: 'wrong', text: 'says 30 days, card 4111 1111 1111 1111 was refused' });
    expect(news.addFlag('c1', { about, problem: 'wrong', text: 'again' })).toEqual({ id });
    expect(news.flags()).toHaveLength(1);
    expect(news.flags()[0]?.flag.text).not.toContain('4111 1111');
    expect(news.flags()[0]?.flag.text).toContain('says 30 days');
    news.flagSent('c2', id);
    news.flagReplied('c3', { flag: id, text: 'Thank you, it is 28.', outcome: 'changed', by: 'Policy desk', at: 50 });
    news.flagRead('c4', id);
    news.flagReplied('c5', { flag: id, text: 'older', outcome: 'stays', by: 'x', at: 49 });
    expect(news.flags()[0]).toMatchObject({ sentAt: clock.now(), reply: { text: 'Thank you, it is 28.' }, readAt: clock.now() });
    news.flagReplied('c6', { flag: id, text: 'newer', outcome: 'stays', by: 'x', at: 51 });
    expect(news.flags()[0]?.readAt).toBeUndefined();
    news.flagReplied('c7', { flag: 'flag-unknown', text: 'for nobody here', outcome: 'stays', by: 'x', at: 51 });
    expect(news.flags()).toHaveLength(1);
  });

  it('comes back from the journal when the database is lost, with checks and acknowledgements', () => {
    const { id } = news.addFlag('c1', { about, problem: 'unclear', text: 'which 14 days?' });
    news.rate('c2', 'check-a', 'good');
    news.acknowledge('c3', { announcement: 'news-a', digest: 'd' });
    const before = [news.flags(), news.progress(), news.acknowledged()];
    const entries = newsRestorers.flatMap((restorer) => restorer.snapshot(records.db, 0));
    for (const restorer of newsRestorers) restorer.clear(records.db);
    expect(news.flags()).toEqual([]);
    for (const entry of entries) newsRestorers.find(({ kind }) => kind === entry.kind)?.restore(records.db, entry.id, entry.data);
    expect([news.flags(), news.progress(), news.acknowledged()]).toEqual(before);
    news.removeFlag('c4', id);
    news.eraseProgress('c5');
    expect([news.flags(), news.progress()]).toEqual([[], []]);
  });

  it('forgets a rating that cannot be read rather than losing the others', () => {
    news.rate('c1', 'check-a', 'good');
    news.rate('c2', 'check-b', 'good');
    records.db.exec(`UPDATE check_progress SET data = '{"card":7}' WHERE public_id = 'check-a'`);
    expect(news.progress().map(({ card }) => card)).toEqual(['check-b']);
    expect(news.rate('c3', 'check-a', 'again').reps).toBe(1);
  });
});

it('keeps self-checks out of a search during a call', () => {
  expect(toSearchDoc({ kind: 'self-check', record: { id: 'c', question: 'q', answer: 'a' } })).toBeUndefined();
});
