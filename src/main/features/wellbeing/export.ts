import type { WellbeingHistory, Win } from '#shared/ipc/wellbeing.ts';

export type OwnExport = WellbeingHistory & { wins: readonly Win[] };

/** Everything as JSON, as it is stored. */
export function toJson(data: OwnExport): string {
  return `${JSON.stringify({ format: 'callside-my-day/1', ...data }, null, 2)}\n`;
}

/** One line per entry: time, what, kind, amount, words. Times in UTC. */
export function toCsv(data: OwnExport): string {
  const rows: (readonly (string | number)[])[] = [
    ...data.breaks.map((one) => [one.at, `break ${one.what}`, one.kind, Math.round(one.ms / 1_000), one.reason ?? ''] as const),
    ...data.checkIns.map((one) => [one.at, 'check-in', '', one.value, one.note] as const),
    ...data.hardCalls.map((one) => [one.at, 'hard call', one.kind, '', ''] as const),
    ...data.wins.map((one) => [one.at, 'win', one.kind, '', one.text] as const),
    ...data.days.map((day) => [day.startedAt ?? 0, 'day', day.day, Math.round(day.effectiveMs / 1_000), `talk ${Math.round(day.talkMs / 1_000)} s, rest ${day.rest.taken} of ${day.rest.granted}`] as const),
  ];
  rows.sort((left, right) => Number(left[0]) - Number(right[0]));
  const lines = rows.map(([at, ...rest]) => [new Date(Number(at)).toISOString(), ...rest].map(cell).join(','));
  return `${['time,what,kind,value,words', ...lines].join('\r\n')}\r\n`;
}

/** Quoted where needed; a cell that a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
