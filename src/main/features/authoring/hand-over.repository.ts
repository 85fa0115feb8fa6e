import type { Database } from 'better-sqlite3';
import type { Answer, Proposal } from '#shared/domain/authoring/proposal.ts';

export type HandOverRepository = {
  /** Names of every file that was read or written. */
  names(): string[];
  /** Files that have to be written to the channel yet, with their bytes as text. */
  outgoing(): { name: string; text: string }[];
  keep(file: { name: string; draft: string; round: number } & ({ what: 'proposal'; value: Proposal } | { what: 'answer'; value: Answer } | { what: 'other'; value: null }), outgoing?: string): void;
  sent(name: string): void;
  /** The proposal of a draft that was sent last, with the answers to it. */
  latest(draft: string): { proposal: Proposal; answers: Answer[] } | undefined;
};

type Row = { what: string; value: string };

/** What was handed over in reviews, in both directions. */
export function createHandOverRepository(db: Database): HandOverRepository {
  const names = db.prepare<[], { name: string }>('SELECT name FROM hand_over');
  const outgoing = db.prepare<[], { name: string; text: string }>('SELECT name, outgoing AS text FROM hand_over WHERE outgoing IS NOT NULL ORDER BY rowid');
  const keep = db.prepare('INSERT OR IGNORE INTO hand_over (name, draft, round, what, value, outgoing) VALUES (?, ?, ?, ?, ?, ?)');
  const sent = db.prepare('UPDATE hand_over SET outgoing = NULL WHERE name = ?');
  const newest = db.prepare<[string], Row & { round: number }>("SELECT what, value, round FROM hand_over WHERE draft = ? AND what = 'proposal' ORDER BY round DESC LIMIT 1");
  const answers = db.prepare<[string, number], Row>("SELECT what, value FROM hand_over WHERE draft = ? AND round = ? AND what = 'answer' ORDER BY rowid");
  return {
    names: () => names.all().map(({ name }) => name),
    outgoing: () => outgoing.all(),
    keep: ({ name, draft, round, what, value }, text) => void keep.run(name, draft, round, what, JSON.stringify(value), text ?? null),
    sent: (name) => void sent.run(name),
    latest: (draft) => {
      const row = newest.get(draft);
      return row === undefined ? undefined : { proposal: JSON.parse(row.value) as Proposal, answers: answers.all(draft, row.round).map(({ value }) => JSON.parse(value) as Answer) };
    },
  };
}
