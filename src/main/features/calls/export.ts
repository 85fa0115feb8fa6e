import type { Incident } from '#shared/domain/calls/schema.ts';
import type { CallsRepository } from './calls.repository.ts';
import type { createCallQueries } from './queries.ts';

export type ExportFile = { name: string; mime: 'application/json' | 'text/csv'; text: string };

const COLUMNS = ['started', 'direction', 'number', 'name', 'queue', 'outcome', 'disposition', 'solved', 'ring_s', 'talk_s', 'hold_s', 'wrap_up_s', 'note', 'summary', 'fields', 'complaint'] as const;

type Deps = { calls: CallsRepository; queries: ReturnType<typeof createCallQueries>; incidents: (from: number, to: number) => Incident[] };

/** The agent's own calls as a file for themselves: everything in JSON, one line per call in CSV. */
export function createExport({ calls, queries, incidents }: Deps) {
  const everything = (from: number, to: number) =>
    calls.startedBetween(from, to).flatMap((row) => {
      const view = queries.get(row.public_id);
      return view === undefined ? [] : [{ ...view, events: queries.events(view.id), complaint: queries.complaint(view.id) }];
    });

  const toCsv = (from: number, to: number): string => {
    const lines = everything(from, to).map((call) => {
      const { ringMs, talkMs, holdMs, wrapUpMs } = call.durations;
      const fields = call.fields.map((field) => `${field.label || field.field}: ${field.value}`).join('; ');
      const complaint = call.complaint === undefined ? '' : [call.complaint.category, call.complaint.promised, call.complaint.resolved ? 'resolved' : 'open', call.complaint.resolution].join('; ');
      return [
        new Date(call.startedAt).toISOString(), call.machine.direction, call.number, call.name, call.queue, call.outcome, call.disposition?.label,
        call.disposition === undefined ? undefined : call.disposition.solved ? 'yes' : 'no',
        ...[ringMs, talkMs, holdMs, wrapUpMs].map((ms) => String(Math.round(ms / 1000))), call.note.text, call.summary, fields, complaint,
      ];
    });
    return `\ufeff${[[...COLUMNS], ...lines].map((cells) => cells.map((cell) => csvCell(cell ?? '')).join(',')).join('\r\n')}\r\n`;
  };

  return {
    /** `from` and `to` are UTC ms; the whole history when left out. */
    exportOwn: (format: 'json' | 'csv', from = 0, to = Number.MAX_SAFE_INTEGER): ExportFile => {
      if (format === 'csv') return { name: 'callside-calls.csv', mime: 'text/csv', text: toCsv(from, to) };
      const body = { format: 'callside-calls', version: 1, calls: everything(from, to), incidents: incidents(from, to) };
      return { name: 'callside-calls.json', mime: 'application/json', text: `${JSON.stringify(body, null, 2)}\n` };
    },
    /** One incident as text the agent may hand to a supervisor: nothing of the note, nothing private. */
    incidentReport: (incident: Incident): string =>
      [
        `Category: ${incident.category}`,
        `When: ${new Date(incident.at).toISOString()}`,
        `Warnings given: ${incident.warnings}`,
        `Call ended by the agent: ${incident.endedCall ? 'yes' : 'no'}`,
        ...(incident.words === '' ? [] : ['', incident.words]),
        '',
      ].join('\n'),
  };
}

/** A cell that a spreadsheet takes as text: quoted where needed, and never a formula. Telephone numbers keep their plus. */
export function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d[\d .()-]*$/.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
