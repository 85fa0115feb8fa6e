import type { CallOutcome } from '#shared/domain/calls/machine.ts';
import type { CallLine, HistoryQuery } from '#shared/domain/calls/schema.ts';
import type { Db } from '../../db/open.ts';
import { likePattern, needsScan, toMatchQuery } from './match-query.ts';
import { readNumber } from './phone.ts';

type LineRow = {
  id: number; public_id: string; started_at: number; direction: 'in' | 'out'; outcome: CallOutcome | null; number_raw: string | null;
  caller_name: string | null; queue: string | null; disposition_label: string | null; solved: number | null; talk_ms: number; head: string | null;
};

export type HistoryPage = { lines: CallLine[]; /** Present when there is more. */ cursor?: string };

const EXCERPT = 160;

/** Reads the agent's own calls, newest first, page by page. */
export function createHistoryRepository(db: Db, country: () => string | undefined) {
  const snippet = db.prepare<[string, number], string>(`SELECT snippet(notes_fts, -1, '‹', '›', '…', 16) FROM notes_fts WHERE notes_fts MATCH ? AND rowid = ?`).pluck();

  const history = (query: HistoryQuery): HistoryPage => {
    const text = query.text?.trim() ?? '';
    const match = text === '' || needsScan(text) ? undefined : toMatchQuery(text);
    // Something was asked for, but it holds nothing that can be looked up ("???").
    if (text !== '' && match === undefined && !needsScan(text)) return { lines: [] };
    const where: string[] = ["c.state <> 'ringing'"];
    const bound: (string | number)[] = [];
    addText(where, bound, text, match);
    addFilters(where, bound, query, country());
    addCursor(where, bound, query.cursor);
    const sql = `SELECT c.id, c.public_id, c.started_at, c.direction, c.outcome, c.number_raw, c.caller_name, c.queue, c.disposition_label, c.solved, c.talk_ms,
      (SELECT substr(CASE WHEN n.text <> '' THEN n.text ELSE n.summary END, 1, ${EXCERPT}) FROM notes n WHERE n.id = c.id) AS head
      FROM calls c WHERE ${where.join(' AND ')} ORDER BY c.started_at DESC, c.id DESC LIMIT ?`;
    const rows = db.prepare<(string | number)[], LineRow>(sql).all(...bound, query.limit + 1);
    const page = rows.slice(0, query.limit);
    const last = page.at(-1);
    const lines = page.map((row) => toLine(row, match === undefined ? undefined : snippet.get(match, row.id)));
    return rows.length > query.limit && last !== undefined ? { lines, cursor: `${last.started_at}:${last.id}` } : { lines };
  };

  return { history };
}

function addText(where: string[], bound: (string | number)[], text: string, match: string | undefined): void {
  if (text === '') return;
  const like = likePattern(text);
  if (match === undefined) {
    where.push(String.raw`(c.id IN (SELECT id FROM notes WHERE text LIKE ? ESCAPE '\' OR summary LIKE ? ESCAPE '\') OR c.caller_name LIKE ? ESCAPE '\')`);
    bound.push(like, like, like);
    return;
  }
  where.push(String.raw`(c.id IN (SELECT rowid FROM notes_fts WHERE notes_fts MATCH ?) OR c.caller_name LIKE ? ESCAPE '\')`);
  bound.push(match, like);
}

function addFilters(where: string[], bound: (string | number)[], query: HistoryQuery, country: string | undefined): void {
  if (query.number !== undefined && query.number.trim() !== '') {
    const e164 = readNumber(query.number, country).e164;
    const digits = query.number.replaceAll(/\D/gu, '');
    if (e164 !== undefined) {
      where.push('c.number_e164 = ?');
      bound.push(e164);
    } else if (digits === '') {
      where.push('0');
    } else {
      where.push('(c.number_e164 LIKE ? OR c.number_raw LIKE ?)');
      bound.push(`%${digits}%`, `%${digits}%`);
    }
  }
  if (query.disposition !== undefined) {
    where.push('c.disposition = ?');
    bound.push(query.disposition);
  }
  if (query.from !== undefined) {
    where.push('c.started_at >= ?');
    bound.push(query.from);
  }
  if (query.to !== undefined) {
    where.push('c.started_at < ?');
    bound.push(query.to);
  }
}

function addCursor(where: string[], bound: (string | number)[], cursor: string | undefined): void {
  const parts = /^(\d+):(\d+)$/.exec(cursor ?? '');
  if (parts === null) return;
  where.push('(c.started_at, c.id) < (?, ?)');
  bound.push(Number(parts[1]), Number(parts[2]));
}

function toLine(row: LineRow, found: string | undefined): CallLine {
  return {
    id: row.public_id,
    startedAt: row.started_at,
    direction: row.direction,
    talkMs: row.talk_ms,
    excerpt: found ?? row.head ?? '',
    ...(row.outcome === null ? {} : { outcome: row.outcome }),
    ...(row.number_raw === null ? {} : { number: row.number_raw }),
    ...(row.caller_name === null ? {} : { name: row.caller_name }),
    ...(row.queue === null ? {} : { queue: row.queue }),
    ...(row.disposition_label === null ? {} : { disposition: row.disposition_label }),
    ...(row.solved === null ? {} : { solved: row.solved === 1 }),
  };
}
