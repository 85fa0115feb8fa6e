import { maskData, maskText } from '#shared/domain/calls/masking.ts';
import { CallsideError } from '#shared/ipc/errors.ts';
import type { Tx } from '../../db/ledger.ts';
import { CALL_COLUMNS, type CallRow, type NoteRow } from './call-rows.ts';
import type { CallsRepository, StoredCall } from './calls.repository.ts';
import type { NotesRepository } from './notes.repository.ts';
import type { CallsPolicy } from './policy.ts';

/** Kinds of things in the journal that belong to calls. */
export const JOURNAL_KINDS = { call: 'call', note: 'note', incident: 'incident', span: 'desk-span' } as const;

/** What a call looks like in the journal: its row and what hangs on it, whole each time. */
export type JournaledCall = { row: CallRow; fields: ReturnType<CallsRepository['fields']>; complaint?: NonNullable<ReturnType<CallsRepository['complaint']>> };
/** What a note looks like in the journal. */
export type JournaledNote = NoteRow;

/** The tools every command on a call uses, so that nothing is written unmasked or unjournaled. */
export function createWriteContext(calls: CallsRepository, notes: NotesRepository, policy: CallsPolicy) {
  const mask = (text: string): string => maskText(text, { patterns: policy.maskPatterns }).text;

  const maskDeep = (value: unknown): unknown => maskData(value, { patterns: policy.maskPatterns });

  const require = (publicId: string): StoredCall => {
    const row = calls.find(publicId);
    if (row === undefined) throw new CallsideError('not-found', 'This call is not in the records any more.');
    return row;
  };

  const journalCall = (tx: Tx, id: number, row: CallRow): void => {
    const complaint = calls.complaint(id);
    const data: JournaledCall = { row: onlyColumns(row), fields: calls.fields(id), ...(complaint === undefined ? {} : { complaint }) };
    tx.journal(JOURNAL_KINDS.call, row.public_id, data);
  };

  /** Writes a changed call and journals the whole of it. */
  const saveCall = (tx: Tx, stored: StoredCall, change: Partial<CallRow>): StoredCall => {
    const next: StoredCall = { ...stored, ...change, rev: stored.rev + 1 };
    calls.update(onlyColumns(next));
    journalCall(tx, stored.id, next);
    return next;
  };

  const journalNote = (tx: Tx, publicId: string, callId: number): void => {
    const note = notes.find(callId);
    if (note !== undefined) tx.journal(JOURNAL_KINDS.note, publicId, note satisfies JournaledNote);
  };

  return { mask, maskDeep, require, saveCall, journalCall, journalNote };
}

export type WriteContext = ReturnType<typeof createWriteContext>;

/** A row with exactly the stored columns, in their order. */
export function onlyColumns(row: CallRow): CallRow {
  const out: Record<string, unknown> = {};
  for (const name of CALL_COLUMNS) out[name] = row[name];
  return out as CallRow;
}
