import { durationsOf } from '#shared/domain/calls/durations.ts';
import type { CallMachine, CallOutcome } from '#shared/domain/calls/machine.ts';
import type { CallView } from '#shared/domain/calls/schema.ts';

/** A row of `calls` as it is stored and journaled, without its integer key. */
export type CallRow = {
  public_id: string;
  rev: number;
  direction: 'in' | 'out';
  state: CallMachine['state'];
  machine: string;
  external_id: string | null;
  number_e164: string | null;
  number_raw: string | null;
  caller_name: string | null;
  queue: string | null;
  dialled: string | null;
  started_at: number;
  answered_at: number | null;
  hung_up_at: number | null;
  closed_at: number | null;
  ring_ms: number;
  talk_ms: number;
  hold_ms: number;
  wrap_up_ms: number;
  outcome: CallOutcome | null;
  linked_call: string | null;
  linked_as: 'call-back' | 'transfer' | 'repeat' | null;
  script_state: string | null;
  disposition: string | null;
  disposition_group: string | null;
  disposition_label: string | null;
  solved: number | null;
};

export const CALL_COLUMNS = [
  'public_id', 'rev', 'direction', 'state', 'machine', 'external_id', 'number_e164', 'number_raw', 'caller_name', 'queue', 'dialled',
  'started_at', 'answered_at', 'hung_up_at', 'closed_at', 'ring_ms', 'talk_ms', 'hold_ms', 'wrap_up_ms', 'outcome', 'linked_call',
  'linked_as', 'script_state', 'disposition', 'disposition_group', 'disposition_label', 'solved',
] as const satisfies readonly (keyof CallRow)[];

/** `seq` is the screen's own counter; `rev` rises with every change, a new summary included. */
export type NoteRow = { text: string; summary: string; rev: number; seq: number; saved_at: number };
export type FieldRow = { field: string; label: string; value: string; sensitive: number; at: number };
export type ComplaintRow = { category: string; promised: string; resolved: number; resolution: string; at: number };

/** What the machine decides of a row: state, times and sums. */
export function machineColumns(machine: CallMachine, now: number): Pick<CallRow, 'state' | 'machine' | 'answered_at' | 'hung_up_at' | 'closed_at' | 'ring_ms' | 'talk_ms' | 'hold_ms' | 'wrap_up_ms' | 'outcome'> {
  const sums = durationsOf(machine, now);
  return {
    state: machine.state,
    machine: JSON.stringify(machine),
    answered_at: machine.answeredAt ?? null,
    hung_up_at: machine.hungUpAt ?? null,
    closed_at: machine.endedAt ?? null,
    ring_ms: sums.ringMs,
    talk_ms: sums.talkMs,
    hold_ms: sums.holdMs,
    wrap_up_ms: sums.wrapUpMs,
    outcome: machine.outcome ?? null,
  };
}

export function machineOf(row: CallRow): CallMachine {
  return JSON.parse(row.machine) as CallMachine;
}

const present = <K extends string, V>(key: K, value: V | null): { [P in K]?: V } => (value === null ? {} : ({ [key]: value } as { [P in K]: V }));

/** The one mapper from rows to what screens see. */
export function toCallView(row: CallRow, note: NoteRow | undefined, fields: readonly FieldRow[], now: number): CallView {
  const machine = machineOf(row);
  return {
    id: row.public_id,
    machine,
    durations: durationsOf(machine, now),
    startedAt: row.started_at,
    note: note === undefined ? { text: '', seq: 0 } : { text: note.text, seq: note.seq, ...(note.seq === 0 ? {} : { savedAt: note.saved_at }) },
    summary: note?.summary ?? '',
    fields: fields.map(({ field, label, value, sensitive, at }) => ({ field, label, value, at, ...(sensitive === 1 ? { sensitive: true } : {}) })),
    ...present('number', row.number_raw),
    ...present('e164', row.number_e164),
    ...present('name', row.caller_name),
    ...present('queue', row.queue),
    ...present('dialled', row.dialled),
    ...present('externalId', row.external_id),
    ...present('linkedCall', row.linked_call),
    ...present('linkedAs', row.linked_as),
    ...present('outcome', row.outcome),
    ...(row.script_state === null ? {} : { scriptState: JSON.parse(row.script_state) as unknown }),
    ...(row.disposition === null
      ? {}
      : { disposition: { id: row.disposition, group: row.disposition_group ?? '', label: row.disposition_label ?? '', solved: row.solved === 1 } }),
  };
}
