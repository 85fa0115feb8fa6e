import { randomUUID } from 'node:crypto';
import { transition, type CallEffect } from '#shared/domain/calls/machine.ts';
import type { CapturedField, Incident, IncidentInput, LogEvent, SetFields, WrapUp } from '#shared/domain/calls/schema.ts';
import type { Ledger, Tx } from '../../db/ledger.ts';
import { machineColumns, machineOf } from './call-rows.ts';
import type { CallsRepository, StoredCall } from './calls.repository.ts';
import type { IncidentsRepository } from './incidents.repository.ts';
import type { NotesRepository } from './notes.repository.ts';
import { JOURNAL_KINDS, type WriteContext } from './write-context.ts';

/** What a disposition asks for that is not there yet. */
export type Missing = 'note' | 'follow-up' | 'complaint';
export type WrappedUp = { ok: true; closed: boolean; effects: CallEffect[] } | { ok: false; missing: Missing[] } | { ok: false; missing: []; reason: 'still-live' | 'over' };

export type OutcomesDeps = {
  ledger: Ledger;
  calls: CallsRepository;
  notes: NotesRepository;
  incidents: IncidentsRepository;
  context: WriteContext;
  /** Whether a follow-up was made for the call; wired by whoever owns follow-ups. */
  hasFollowUp: (callId: string) => boolean;
};

/** Commands on what a call brought: fields, events, wrap-up, complaint, incident. */
export function createOutcomes({ ledger, calls, notes, incidents, context, hasFollowUp }: OutcomesDeps) {
  const { mask } = context;

  const putFields = (tx: Tx, call: StoredCall, fields: readonly CapturedField[]): void => {
    for (const { field, label, value, sensitive } of fields) {
      if (value === '') calls.dropField(call.id, field);
      else calls.putField(call.id, { field, label: mask(label), value: mask(value), sensitive: sensitive === true ? 1 : 0, at: tx.at });
    }
    context.saveCall(tx, call, {});
  };

  const missingFor = (call: StoredCall, input: WrapUp): Missing[] =>
    (input.disposition?.requires ?? []).filter((need) => {
      if (need === 'note') return (notes.find(call.id)?.text ?? '').trim() === '';
      if (need === 'complaint') return input.complaint === undefined && calls.complaint(call.id) === undefined;
      return !hasFollowUp(call.public_id);
    });

  const store = (tx: Tx, call: StoredCall, input: WrapUp): StoredCall => {
    if (input.complaint !== undefined) {
      const { category, promised, resolved, resolution } = input.complaint;
      calls.putComplaint(call.id, { category: mask(category), promised: mask(promised), resolved: resolved ? 1 : 0, resolution: mask(resolution), at: tx.at });
    }
    if (input.summary !== undefined) {
      const before = notes.find(call.id);
      notes.put(call.id, { text: before?.text ?? '', summary: mask(input.summary), rev: (before?.rev ?? 0) + 1, seq: before?.seq ?? 0, saved_at: before?.saved_at ?? tx.at });
      context.journalNote(tx, call.public_id, call.id);
    }
    const picked = input.disposition;
    return context.saveCall(tx, call, picked === undefined ? {} : { disposition: picked.id, disposition_group: picked.group, disposition_label: picked.label, solved: picked.solved ? 1 : 0 });
  };

  const wrapUp = (tx: Tx, input: WrapUp): WrappedUp => {
    const stored = store(tx, context.require(input.callId), input);
    if (!input.close) return { ok: true, closed: false, effects: [] };
    const missing = missingFor(stored, input);
    if (missing.length > 0) return { ok: false, missing };
    const ended = transition(machineOf(stored), { type: 'finish' }, tx.at);
    if (!ended.ok) return { ok: false, missing: [], reason: ended.reason === 'over' ? 'over' : 'still-live' };
    context.saveCall(tx, stored, machineColumns(ended.machine, tx.at));
    calls.addEvent(stored.id, tx.at, 'finish', '{}');
    return { ok: true, closed: true, effects: ended.effects };
  };

  return {
    /** Sets captured fields; an empty value removes one. */
    setFields: (commandId: string, input: SetFields): { savedAt: number } =>
      ledger.run(commandId, 'calls.set-fields', (tx) => {
        putFields(tx, context.require(input.callId), input.fields);
        return { savedAt: tx.at };
      }),

    /** Adds one line to the call's log: a step walked, a prompt used, a warning given. */
    recordEvent: (commandId: string, input: LogEvent): { seq: number } =>
      ledger.run(commandId, 'calls.record-event', (tx) => {
        const data = JSON.stringify(context.maskDeep(input.data));
        return { seq: calls.addEvent(context.require(input.callId).id, tx.at, input.type, data) };
      }),

    /** Stores the outcome; with `close` the call ends when nothing required is missing. Text is stored either way. */
    wrapUp: (commandId: string, input: WrapUp): WrappedUp => ledger.run(commandId, 'calls.wrap-up', (tx) => wrapUp(tx, input)),

    /** Records abuse or a threat as the agent describes it. */
    recordIncident: (commandId: string, input: IncidentInput): { id: string } =>
      ledger.run(commandId, 'calls.incident', (tx) => {
        const call = input.callId === undefined ? undefined : context.require(input.callId);
        const incident: Incident = {
          id: input.id ?? randomUUID(),
          at: tx.at,
          category: mask(input.category),
          warnings: input.warnings,
          endedCall: input.endedCall,
          words: mask(input.words),
          ...(call === undefined ? {} : { callId: call.public_id }),
        };
        incidents.put(incident, call?.id);
        tx.journal(JOURNAL_KINDS.incident, incident.id, incident);
        return { id: incident.id };
      }),
  };
}
