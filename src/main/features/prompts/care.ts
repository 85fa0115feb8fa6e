import type { CallView, CapturedField } from '#shared/domain/calls/schema.ts';
import type { ScriptEvent } from '#shared/domain/scripts/events.ts';
import { guidanceSchema } from '#shared/ipc/calls.ts';
import type { Care } from '#shared/ipc/guidance.ts';
import { CallsideError } from '#shared/ipc/errors.ts';
import type { Db } from '../../db/open.ts';

/** Names under which the records keep them beside the fields scripts capture. */
const CONSENT = 'care.consent';
const NOTE = 'care.note';
const DAY_MS = 86_400_000;
/** How long a sensitive note is kept: long enough for the promised next steps, far shorter than a call note. */
export const SENSITIVE_DAYS = 30;

/** What care needs of calls. */
export type CareCalls = {
  get(callId: string): Pick<CallView, 'fields' | 'scriptState'> | undefined;
  setFields(commandId: string, input: { callId: string; fields: readonly CapturedField[] }): unknown;
  recordEvent(commandId: string, input: { callId: string; type: 'consent'; data: Record<string, boolean> }): unknown;
  setScriptState(commandId: string, callId: string, state: unknown): unknown;
};

/** Consent and the sensitive note of a call. The note never lies in the call note, the summary or the script's operations. */
export function createCare({ db, calls, newId }: { db: Db; calls: CareCalls; newId: () => string }) {
  const old = db.prepare<[number], { public_id: string }>(
    "SELECT DISTINCT c.public_id FROM call_fields f JOIN calls c ON c.id = f.call_id WHERE f.sensitive = 1 AND c.state = 'ended' AND c.closed_at < ?",
  );

  const oldWalks = db.prepare<[number], { public_id: string }>(`SELECT public_id FROM calls WHERE state = 'ended' AND closed_at < ? AND script_state LIKE '%"sensitive":["%'`);

  const read = (callId: string): Care => {
    const fields = calls.get(callId)?.fields ?? [];
    const consent = fields.find((field) => field.field === CONSENT);
    const note = fields.find((field) => field.field === NOTE)?.value ?? '';
    return { note, keptDays: SENSITIVE_DAYS, ...(consent === undefined ? {} : { consent: { given: consent.value === 'yes', at: consent.at } }) };
  };

  return {
    care: read,
    consent: (commandId: string, callId: string, given: boolean): Care => {
      calls.recordEvent(`${commandId}:event`, { callId, type: 'consent', data: { given } });
      const fields: CapturedField[] = [{ field: CONSENT, label: CONSENT, value: given ? 'yes' : 'no' }];
      // Without agreement nothing of it stays.
      if (!given) fields.push({ field: NOTE, label: NOTE, value: '', sensitive: true });
      calls.setFields(commandId, { callId, fields });
      return read(callId);
    },
    sensitiveNote: (commandId: string, callId: string, text: string): Care => {
      if (text.trim() !== '' && read(callId).consent?.given !== true) throw new CallsideError('refused', 'A sensitive note needs the caller’s clear agreement.');
      calls.setFields(commandId, { callId, fields: [{ field: NOTE, label: NOTE, value: text, sensitive: true }] });
      return read(callId);
    },
    /** Erases sensitive values of calls that ended longer ago than they may be kept. Returns how many calls had one. */
    purge: (now: number): number => {
      const before = now - SENSITIVE_DAYS * DAY_MS;
      const walked = oldWalks.all(before);
      for (const { public_id: callId } of walked) calls.setScriptState(newId(), callId, withoutSensitive(calls.get(callId)?.scriptState));
      const due = old.all(before);
      for (const { public_id: callId } of due) {
        const sensitive = (calls.get(callId)?.fields ?? []).filter((field) => field.sensitive === true);
        calls.setFields(newId(), { callId, fields: sensitive.map(({ field, label }) => ({ field, label, value: '', sensitive: true })) });
      }
      return new Set([...due, ...walked].map((row) => row.public_id)).size;
    },
  };
}

/** The stored operations with the values of sensitive fields taken out; where the call went stays readable. */
function withoutSensitive(stored: unknown): unknown {
  const parsed = guidanceSchema.safeParse(stored);
  if (!parsed.success) return null;
  const { sensitive = [], ...guidance } = parsed.data;
  const script = guidance.script.map((event): ScriptEvent => {
    if (event.type === 'setField' && sensitive.includes(event.field)) return { ...event, value: null };
    if (event.type !== 'start' || event.from === undefined) return event;
    const fields = Object.fromEntries(Object.entries(event.from.fields).filter(([id]) => !sensitive.includes(id)));
    return { ...event, from: { ...event.from, fields } };
  });
  return { ...guidance, script };
}

export type CareService = ReturnType<typeof createCare>;
