import type { Targets } from './common.ts';

/** What a desk belongs to: its teams, and the queues it takes calls from, that of the call in front among them. */
export type Audience = { readonly teams: readonly string[]; readonly queues: readonly string[] };

type Meant = { readonly targets?: Targets | undefined };
type Dated = { readonly validFrom?: number | undefined; readonly validUntil?: number | undefined };

/** People write the same team in several ways. */
const plain = (name: string): string => name.trim().toLowerCase();

/** Whether a list of teams (or queues) takes in one of `own`. An empty list takes in everybody; a desk that names none is in no list. */
export function isAmong(wanted: readonly string[] | undefined, own: readonly string[]): boolean {
  if (wanted === undefined || wanted.length === 0) return true;
  const mine = new Set(own.map(plain));
  return wanted.some((name) => mine.has(plain(name)));
}

/** Whether a record is meant for this desk. Where it names teams and queues, both have to fit. */
export function isMeantFor({ targets }: Meant, audience: Audience): boolean {
  return isAmong(targets?.teams, audience.teams) && isAmong(targets?.queues, audience.queues);
}

/** Whether a record holds at `now` (UTC ms): begun, and not over. */
export function isValidAt({ validFrom, validUntil }: Dated, now: number): boolean {
  return (validFrom ?? 0) <= now && (validUntil ?? Number.POSITIVE_INFINITY) > now;
}

/** The next moment after `now` at which one of the records begins or ends; undefined when none does. */
export function nextTurn(records: readonly Dated[], now: number): number | undefined {
  let next: number | undefined;
  for (const { validFrom, validUntil } of records) {
    for (const at of [validFrom, validUntil]) if (at !== undefined && at > now && (next === undefined || at < next)) next = at;
  }
  return next;
}
