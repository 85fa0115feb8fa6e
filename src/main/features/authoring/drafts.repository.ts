import type { Database } from 'better-sqlite3';
import { isOpen, THIS_DESK, type Approval, type Comment, type Draft, type DraftState, type Unfinished } from '#shared/domain/authoring/draft.ts';
import type { KnowledgeKind } from '#shared/domain/knowledge.ts';

/** Undo steps kept for one draft. */
export const STEPS_KEPT = 200;
/** Discarded drafts can be brought back for this long (ms). */
export const DISCARDED_KEPT_MS = 30 * 24 * 3_600_000;
/** A repeated command is answered from the store for this long (ms). */
const COMMANDS_KEPT_MS = 2 * 24 * 3_600_000;

export type DraftFilter = { states?: readonly DraftState[] | undefined; kinds?: readonly KnowledgeKind[] | undefined; author?: string | undefined; text?: string | undefined; from: number; count: number };

type Row = {
  id: number; public_id: string; kind: KnowledgeKind; key: string; op: 'put' | 'retire'; title: string; record: string; base: string | null; base_ver: number;
  state: DraftState; author_key: string; author_name: string; approvals: string; required: 1 | 2; comments: string; valid_from: number | null; valid_until: number | null;
  created_at: number; updated_at: number; rev: number; release: number | null; step: number; discarded_at: number | null; newest: number;
};

/** A draft without its two records, for lists; `base` as text, to be compared with what is live. */
export type DraftHead = Omit<Draft, 'record' | 'base' | 'comments'> & { title: string; comments: number; baseText: string | null };

export type DraftsRepository = {
  find(id: string): Draft | undefined;
  /** Drafts of a record that still want work, the newest first. */
  openOf(kind: KnowledgeKind, key: string): Draft[];
  list(filter: DraftFilter): { heads: DraftHead[]; total: number };
  counts(): Partial<Record<DraftState, number>>;
  /** Records with an open draft, by `kind key`. */
  openKeys(): Map<string, { id: string; state: DraftState }>;
  insert(draft: Draft, title: string): void;
  /** Writes a changed draft. `edit` adds an undo step; steps that were undone before are gone then. */
  update(draft: Draft, title: string, edit?: { joins: string; joinMs: number }): void;
  /** One step back or forth in the record's history; undefined at either end. */
  step(id: string, by: -1 | 1): Unfinished | undefined;
  discard(id: string, at: number): boolean;
  restore(id: string): boolean;
  /** What a repeated command said the first time. */
  answered(command: string): { result: string } | undefined;
  remember(command: string, at: number, result: string): void;
  purge(now: number): void;
  transaction<T>(work: () => T): T;
};

const COLUMNS = 'd.*, (SELECT max(n) FROM draft_step s WHERE s.draft = d.id) AS newest';

/** All SQL over drafts. Synchronous; what a call wrote is on the disk when its transaction returns. */
export function createDraftsRepository(db: Database): DraftsRepository {
  const one = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM draft d WHERE public_id = ? AND discarded_at IS NULL`);
  const ofRecord = db.prepare<[string, string], Row>(`SELECT ${COLUMNS} FROM draft d WHERE kind = ? AND key = ? AND discarded_at IS NULL AND state IN ('draft', 'in-review', 'approved') ORDER BY updated_at DESC`);
  const openKeys = db.prepare<[], { public_id: string; kind: string; key: string; state: DraftState }>(`SELECT public_id, kind, key, state FROM draft WHERE discarded_at IS NULL AND author_key <> '${THIS_DESK}' AND state IN ('draft', 'in-review', 'approved') ORDER BY updated_at`);
  const countStates = db.prepare<[], { state: DraftState; n: number }>(`SELECT state, count(*) AS n FROM draft WHERE discarded_at IS NULL AND author_key <> '${THIS_DESK}' GROUP BY state`);
  const matching = `FROM draft d WHERE discarded_at IS NULL AND (@states IS NULL OR state IN (SELECT value FROM json_each(@states))) AND (@kinds IS NULL OR kind IN (SELECT value FROM json_each(@kinds)))
    AND NOT (kind = 'image' AND EXISTS (SELECT 1 FROM draft a WHERE a.kind = 'article' AND a.discarded_at IS NULL AND a.author_key = d.author_key AND instr(a.record, 'image:' || d.key || ')') > 0))
    AND (author_key = @author OR (@author IS NULL AND author_key <> '${THIS_DESK}')) AND (@text IS NULL OR instr(lower(title || ' ' || key), @text) > 0)`;
  type Parameters = { states: string | null; kinds: string | null; author: string | null; text: string | null };
  const selectList = db.prepare<[Parameters & { from: number; count: number }], Row>(`SELECT ${COLUMNS} ${matching} ORDER BY updated_at DESC, d.id DESC LIMIT @count OFFSET @from`);
  const countList = db.prepare<[Parameters], { n: number }>(`SELECT count(*) AS n ${matching}`);
  const insert = db.prepare(`INSERT INTO draft (public_id, kind, key, op, title, record, base, base_ver, state, author_key, author_name, approvals, required, comments, valid_from, valid_until, created_at, updated_at, rev, release, step)
    VALUES (@public_id, @kind, @key, @op, @title, @record, @base, @base_ver, @state, @author_key, @author_name, @approvals, @required, @comments, @valid_from, @valid_until, @created_at, @updated_at, @rev, @release, 1)`);
  const update = db.prepare(`UPDATE draft SET kind = @kind, key = @key, op = @op, title = @title, record = @record, base = @base, base_ver = @base_ver, state = @state, approvals = @approvals, required = @required,
    comments = @comments, valid_from = @valid_from, valid_until = @valid_until, updated_at = @updated_at, rev = @rev, release = @release WHERE public_id = @public_id`);
  const lastStep = db.prepare<[number, number], { n: number; joins: string; at: number }>('SELECT n, joins, at FROM draft_step WHERE draft = ? AND n = ?');
  const stepRecord = db.prepare<[number, number], { record: string }>('SELECT record FROM draft_step WHERE draft = ? AND n = ?');
  const putStep = db.prepare('INSERT INTO draft_step (draft, n, record, joins, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (draft, n) DO UPDATE SET record = excluded.record, at = excluded.at');
  const dropAfter = db.prepare('DELETE FROM draft_step WHERE draft = ? AND n > ?');
  const dropOld = db.prepare('DELETE FROM draft_step WHERE draft = ? AND n <= ?');
  const setStep = db.prepare('UPDATE draft SET step = ? WHERE id = ?');
  const setDiscarded = db.prepare('UPDATE draft SET discarded_at = ?, rev = rev + 1 WHERE public_id = ? AND discarded_at IS NULL');
  const setRestored = db.prepare('UPDATE draft SET discarded_at = NULL, rev = rev + 1 WHERE public_id = ? AND discarded_at IS NOT NULL');
  const known = db.prepare<[string], { result: string }>('SELECT result FROM command WHERE id = ?');
  const remember = db.prepare('INSERT INTO command (id, at, result) VALUES (?, ?, ?)');
  const forget = db.prepare('DELETE FROM command WHERE at < ?');
  const dropDiscarded = db.prepare('DELETE FROM draft WHERE discarded_at < ?');
  /** Undo ends where the work does. */
  const dropSteps = db.prepare("DELETE FROM draft_step WHERE draft IN (SELECT id FROM draft WHERE state IN ('published', 'retired')) AND n < (SELECT step FROM draft WHERE id = draft_step.draft)");

  const firstStep = db.prepare<[number], { n: number | null }>('SELECT min(n) AS n FROM draft_step WHERE draft = ?');
  const oldest = (id: number): number => firstStep.get(id)?.n ?? 1;
  const rowOf = (id: string): Row | undefined => one.get(id);
  const parameters = ({ states, kinds, author, text }: DraftFilter): Parameters => ({
    states: states === undefined ? null : JSON.stringify(states), kinds: kinds === undefined ? null : JSON.stringify(kinds),
    author: author ?? null, text: text === undefined || text.trim() === '' ? null : text.trim().toLowerCase(),
  });

  return {
    find: (id) => {
      const row = rowOf(id);
      return row === undefined ? undefined : toDraft(row, oldest(row.id));
    },
    openOf: (kind, key) => ofRecord.all(kind, key).map((row) => toDraft(row, oldest(row.id))),
    list: (filter) => ({
      heads: selectList.all({ ...parameters(filter), from: filter.from, count: filter.count }).map(toHead),
      total: countList.get(parameters(filter))?.n ?? 0,
    }),
    counts: () => Object.fromEntries(countStates.all().map(({ state, n }) => [state, n])),
    openKeys: () => new Map(openKeys.all().map(({ public_id, kind, key, state }) => [`${kind} ${key}`, { id: public_id, state }])),
    insert: (draft, title) => {
      const { lastInsertRowid } = insert.run(toRow(draft, title));
      putStep.run(lastInsertRowid, 1, JSON.stringify(draft.record), '', draft.updatedAt);
    },
    update: (draft, title, edit) => {
      update.run(toRow(draft, title));
      const row = edit === undefined ? undefined : rowOf(draft.id);
      if (edit === undefined || row === undefined) return;
      const last = lastStep.get(row.id, row.step);
      const joins = last !== undefined && last.n > 1 && edit.joins !== '' && last.joins === edit.joins && draft.updatedAt - last.at <= edit.joinMs;
      const n = joins ? row.step : row.step + 1;
      dropAfter.run(row.id, n);
      putStep.run(row.id, n, JSON.stringify(draft.record), edit.joins, draft.updatedAt);
      dropOld.run(row.id, n - STEPS_KEPT);
      setStep.run(n, row.id);
    },
    step: (id, by) => {
      const row = rowOf(id);
      const target = row === undefined ? undefined : stepRecord.get(row.id, row.step + by);
      if (row === undefined || target === undefined) return undefined;
      setStep.run(row.step + by, row.id);
      return JSON.parse(target.record) as Unfinished;
    },
    discard: (id, at) => setDiscarded.run(at, id).changes > 0,
    restore: (id) => setRestored.run(id).changes > 0,
    answered: (command) => known.get(command),
    remember: (command, at, result) => void remember.run(command, at, result),
    purge: (now) => {
      forget.run(now - COMMANDS_KEPT_MS);
      dropDiscarded.run(now - DISCARDED_KEPT_MS);
      dropSteps.run();
    },
    transaction: (work) => db.transaction(work).immediate(),
  };
}

function toHead(row: Row): DraftHead {
  const { record: _record, base: _base, comments, ...rest } = toDraft({ ...row, record: '{}', base: null }, 1);
  return { ...rest, title: row.title, comments: comments.length, baseText: row.base };
}

function toDraft(row: Row, oldest: number): Draft {
  const editable = isOpen(row.state) && row.state === 'draft';
  return {
    id: row.public_id, kind: row.kind, key: row.key, op: row.op,
    record: JSON.parse(row.record) as Unfinished,
    base: row.base === null ? null : (JSON.parse(row.base) as Unfinished),
    baseVer: row.base_ver, state: row.state,
    author: { key: row.author_key, name: row.author_name },
    approvals: JSON.parse(row.approvals) as Approval[],
    required: row.required,
    comments: JSON.parse(row.comments) as Comment[],
    ...(row.valid_from === null ? {} : { validFrom: row.valid_from }),
    ...(row.valid_until === null ? {} : { validUntil: row.valid_until }),
    createdAt: row.created_at, updatedAt: row.updated_at, rev: row.rev,
    canUndo: editable && row.step > oldest,
    canRedo: editable && row.step < row.newest,
    ...(row.release === null ? {} : { release: row.release }),
  };
}

function toRow(draft: Draft, title: string): Omit<Row, 'id' | 'step' | 'discarded_at' | 'newest'> {
  return {
    public_id: draft.id, kind: draft.kind, key: draft.key, op: draft.op, title,
    record: JSON.stringify(draft.record), base: draft.base === null ? null : JSON.stringify(draft.base), base_ver: draft.baseVer, state: draft.state,
    author_key: draft.author.key, author_name: draft.author.name, approvals: JSON.stringify(draft.approvals), required: draft.required, comments: JSON.stringify(draft.comments),
    valid_from: draft.validFrom ?? null, valid_until: draft.validUntil ?? null, created_at: draft.createdAt, updated_at: draft.updatedAt, rev: draft.rev, release: draft.release ?? null,
  };
}
