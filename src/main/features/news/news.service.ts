import { z } from 'zod';
import { maskText } from '#shared/domain/calls/masking.ts';
import { idSchema, instantSchema } from '#shared/domain/common.ts';
import type { Acknowledgement } from '#shared/domain/news/due.ts';
import { keptFlagSchema, type Flag, type FlagReply, type KeptFlag } from '#shared/domain/news/flag.ts';
import { touchShift } from '#shared/domain/news/shift.ts';
import { afterRating, checkProgressSchema, type CheckProgress, type CheckRating } from '#shared/domain/self-check.ts';
import type { Ledger, Tx } from '../../db/ledger.ts';
import type { Db } from '../../db/open.ts';
import { newsTable, shiftTable, type NewsKind } from './news.repository.ts';

const acknowledgementSchema = z.strictObject({ announcement: idSchema, digest: z.string(), at: instantSchema });

export type NewsDeps = { db: Db; ledger: Ledger; newId: () => string };

/** Acknowledgements, self-checks and flags of this desk; each change is a command that is applied once. */
export function createNewsService({ db, ledger, newId }: NewsDeps) {
  const acks = newsTable(db, 'acknowledgement');
  const checks = newsTable(db, 'check-progress');
  const flags = newsTable(db, 'flag');
  const shift = shiftTable(db);

  /** A row nobody can read any more is passed over: it must not take the others with it. */
  const read = <T>(schema: z.ZodType<T>, rows: readonly { data: string }[]): T[] =>
    rows.flatMap((row) => {
      const parsed = schema.safeParse(JSON.parse(row.data));
      return parsed.success ? [parsed.data] : [];
    });
  const store = (tx: Tx, kind: NewsKind, id: string, data: unknown): void => {
    const row = { public_id: id, at: tx.at, data: JSON.stringify(data) };
    newsTable(db, kind).put(row);
    tx.journal(kind, id, row);
  };
  const changeFlag = (commandId: string, id: string, change: (kept: KeptFlag, at: number) => KeptFlag | undefined): void =>
    ledger.run(commandId, 'flags.change', (tx) => {
      const row = flags.find(id);
      const [kept] = row === undefined ? [] : read(keptFlagSchema, [row]);
      const next = kept === undefined ? undefined : change(kept, tx.at);
      if (next !== undefined) store(tx, 'flag', id, next);
    });

  return {
    touch: (commandId: string): { since: number } =>
      ledger.run(commandId, 'news.touch', (tx) => {
        const mark = touchShift(shift.get(), tx.at);
        shift.put(mark);
        return { since: mark.since };
      }),
    acknowledged: (): Acknowledgement[] => read(acknowledgementSchema, acks.all()),
    acknowledge: (commandId: string, { announcement, digest }: Pick<Acknowledgement, 'announcement' | 'digest'>): void =>
      ledger.run(commandId, 'news.acknowledge', (tx) => store(tx, 'acknowledgement', announcement, { announcement, digest, at: tx.at })),
    progress: (): CheckProgress[] => read(checkProgressSchema, checks.all()),
    rate: (commandId: string, card: string, rating: CheckRating): CheckProgress =>
      ledger.run(commandId, 'checks.rate', (tx) => {
        const row = checks.find(card);
        const [before] = row === undefined ? [] : read(checkProgressSchema, [row]);
        const next = afterRating(card, before, rating, tx.at);
        store(tx, 'check-progress', card, next);
        return next;
      }),
    eraseProgress: (commandId: string): void =>
      ledger.run(commandId, 'checks.erase', (tx) => {
        for (const { public_id: id } of checks.all()) {
          checks.remove(id);
          tx.journal('check-progress', id, null);
        }
      }),
    flags: (): KeptFlag[] => read(keptFlagSchema, flags.all()),
    addFlag: (commandId: string, said: Omit<Flag, 'id' | 'at'>): { id: string } =>
      ledger.run(commandId, 'flags.add', (tx) => {
        const id = `flag-${newId().toLowerCase()}`;
        store(tx, 'flag', id, { flag: { ...said, text: maskText(said.text).text, id, at: tx.at } } satisfies KeptFlag);
        return { id };
      }),
    removeFlag: (commandId: string, id: string): void =>
      ledger.run(commandId, 'flags.remove', (tx) => {
        flags.remove(id);
        tx.journal('flag', id, null);
      }),
    flagRead: (commandId: string, id: string): void => changeFlag(commandId, id, (kept, at) => ({ ...kept, readAt: at })),
    /** A channel took the flag. */
    flagSent: (commandId: string, id: string): void => changeFlag(commandId, id, (kept, at) => (kept.sentAt === undefined ? { ...kept, sentAt: at } : undefined)),
    /** A reply arrived; a newer one replaces it and is unread again. */
    flagReplied: (commandId: string, reply: FlagReply): void =>
      changeFlag(commandId, reply.flag, ({ readAt: _read, ...kept }) => ((kept.reply?.at ?? -1) >= reply.at ? undefined : { ...kept, reply })),
  };
}
export type NewsService = ReturnType<typeof createNewsService>;
